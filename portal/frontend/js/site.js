// Every page: what makes a page comfortable. Nothing here is needed for a journey.
import { createAll } from "govuk-frontend/dist/govuk/init.mjs";
import { Button } from "govuk-frontend/dist/govuk/components/button/button.mjs";
import { ErrorSummary } from "govuk-frontend/dist/govuk/components/error-summary/error-summary.mjs";
import { NotificationBanner } from "govuk-frontend/dist/govuk/components/notification-banner/notification-banner.mjs";
import { SkipLink } from "govuk-frontend/dist/govuk/components/skip-link/skip-link.mjs";
import { countInPlace } from "./counter.js";
import { openInPlace } from "./disclosure.js";
import { rememberLanguage } from "./language.js";
import { printOnRequest } from "./print.js";
import { workForForm } from "./work.js";

document.body.classList.add("js-enabled", "govuk-frontend-supported");
for (const component of [Button, ErrorSummary, NotificationBanner, SkipLink]) createAll(component);
document.querySelectorAll("[data-open-in-place]").forEach(openInPlace);
document.querySelectorAll("[data-count]").forEach(countInPlace);
document.querySelectorAll("[data-print]").forEach(printOnRequest);
document.querySelectorAll("[data-language]").forEach(rememberLanguage);
document.querySelectorAll("input[data-work]").forEach(workForForm);
