// Passkeys need script: their part of the page appears only where the browser can do them.
(function () {
  const parts = document.querySelectorAll("[data-passkey]");
  if (!window.PublicKeyCredential) return;
  parts.forEach((part) => part.removeAttribute("hidden"));
  document.addEventListener("allauth.error", (event) => {
    event.preventDefault();
    document.querySelectorAll("[data-passkey-problem]").forEach((note) => {
      note.removeAttribute("hidden");
      note.focus();
    });
  });
})();
