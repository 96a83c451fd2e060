// Signed-in pages: the same, and the heavier field helpers.
import { createAll } from "govuk-frontend/dist/govuk/init.mjs";
import { Button } from "govuk-frontend/dist/govuk/components/button/button.mjs";
import { Checkboxes } from "govuk-frontend/dist/govuk/components/checkboxes/checkboxes.mjs";
import { ErrorSummary } from "govuk-frontend/dist/govuk/components/error-summary/error-summary.mjs";
import { FileUpload } from "govuk-frontend/dist/govuk/components/file-upload/file-upload.mjs";
import { NotificationBanner } from "govuk-frontend/dist/govuk/components/notification-banner/notification-banner.mjs";
import { PasswordInput } from "govuk-frontend/dist/govuk/components/password-input/password-input.mjs";
import { Radios } from "govuk-frontend/dist/govuk/components/radios/radios.mjs";
import "./site.js";
import { saveInPlace } from "./autosave.js";
import { warnBeforeSessionEnds } from "./session.js";
import { addRowsInPlace } from "./rows.js";
import { uploadInPlace } from "./upload.js";

// A part of a page that came later also wants what `site.js` has done for the whole.
const prepareLater = (part) => {
  for (const component of [Button, ErrorSummary, NotificationBanner]) createAll(component, undefined, part);
  prepare(part);
};

function prepare(part) {
  for (const component of [Checkboxes, FileUpload, PasswordInput, Radios]) createAll(component, undefined, part);
  // A comma that nobody sees would make the button's name differ from its words.
  part.querySelectorAll(".govuk-file-upload-button > [id$=-comma]").forEach((comma) => {
    comma.textContent = "";
    comma.before(" ");
  });
  part.querySelectorAll("form[data-upload]").forEach((form) => uploadInPlace(form, prepareLater));
}

prepare(document);
document.querySelectorAll("[data-rows]").forEach(addRowsInPlace);
document.querySelectorAll("form[data-autosave]").forEach(saveInPlace);
document.querySelectorAll("[data-session]").forEach(warnBeforeSessionEnds);
