// The bare address `/` sends people to the language they chose last.
const YEAR = 60 * 60 * 24 * 365;

export function rememberLanguage(link) {
  link.addEventListener("click", () => {
    const secure = location.protocol === "https:" ? "; Secure" : "";
    document.cookie = `django_language=${link.dataset.language}; Path=/; Max-Age=${YEAR}; SameSite=Lax${secure}`;
  });
}
