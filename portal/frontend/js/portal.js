// Signed-in pages: the same, and the heavier field helpers.
import { createAll } from "govuk-frontend/dist/govuk/init.mjs";
import { Checkboxes } from "govuk-frontend/dist/govuk/components/checkboxes/checkboxes.mjs";
import { PasswordInput } from "govuk-frontend/dist/govuk/components/password-input/password-input.mjs";
import { Radios } from "govuk-frontend/dist/govuk/components/radios/radios.mjs";
import "./site.js";
import { saveInPlace } from "./autosave.js";
import { dropInPlace } from "./drop.js";

for (const component of [Checkboxes, PasswordInput, Radios]) createAll(component);
document.querySelectorAll("[data-drop]").forEach(dropInPlace);
document.querySelectorAll("form[data-autosave]").forEach(saveInPlace);
