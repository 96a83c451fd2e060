"""What of the site is no page: the map, figures as a file, the form to the Secretariat beside its page.

That page is kept for everybody; the form carries a token against forged forms and is kept by nobody.
"""

from functools import wraps

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from home import contact, enquiries, site_map
from home.enquiry_form import EnquiryForm
from home.figures import lines_of
from home.models import ContactPage
from home.models.figures import get_figure_set
from portal import limits, page_cache
from portal.forms.traps import new_stamp
from portal.languages import LANGUAGE_OF, prefix_for
from portal.spreadsheets import CSV, csv_lines

# One network may be a whole company.
PER_NETWORK, WINDOW_SECONDS = 10, 600


def kept_by_nobody(view):
    @wraps(view)
    def answer(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        response.headers["Cache-Control"] = "private, no-store"
        return response

    return answer


@require_safe
def site_map_page(request):
    response = render(request, "home/site_map.html", {"entries": site_map.tree(request)})
    page_cache.say_who_may_keep(response, request)
    return response


@require_safe
def figures_as_csv(request, code):
    figure_set = get_figure_set(code, LANGUAGE_OF[prefix_for(get_language())])
    if figure_set is None:
        raise Http404
    response = HttpResponse("".join(csv_lines(lines_of(figure_set))), content_type=CSV)
    response["Content-Disposition"] = f'attachment; filename="{figure_set.code}.csv"'
    page_cache.say_who_may_keep(response, request)
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@kept_by_nobody
def enquiry(request):
    if request.method != "POST":
        return _form_page(request, EnquiryForm(initial={"opened": new_stamp()}))
    form = EnquiryForm(request.POST, network=limits.client_network(request))
    if form.is_trapped:
        return redirect("enquiry_sent")
    if not form.is_valid():
        return _form_page(request, form, status=422)
    wait = limits.hit("enquiry", limits.client_network(request), limit=PER_NETWORK, window=WINDOW_SECONDS)
    if wait:
        form.add_error(None, _too_many(-(-wait // 60)))
        response = _form_page(request, form, status=429)
        response.headers["Retry-After"] = str(wait)
        return response
    enquiries.send(form.enquiry(get_language()), opened=form.cleaned_data["opened"])
    return redirect("enquiry_sent")


@require_safe
def enquiry_sent(request):
    """The same words for everybody: they tell nothing about the address that was typed."""
    return render(request, "home/enquiry_sent.html", {"contact": contact.current()})


def _form_page(request, form, status=200):
    context = {"form": form, "contact": contact.current(), "contact_url": _contact_url()}
    return render(request, "home/enquiry.html", context, status=status)


def _contact_url():
    page = ContactPage.objects.live().filter(locale__language_code=get_language()).first()
    return page.url if page else ""


def _too_many(minutes):
    return ngettext(
        "Too many messages came from your network. Yours was not sent yet: send it again in a minute.",
        "Too many messages came from your network. "
        "Yours was not sent yet: send it again in %(minutes)s minutes.",
        minutes,
    ) % {"minutes": minutes}
