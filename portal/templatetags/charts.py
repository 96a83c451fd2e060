from django import template

register = template.Library()


@register.inclusion_tag("components/chart.html")
def chart(chart, csv_url=""):
    """A chart and its table; `csv_url` leads to the same numbers as a file."""
    return {"chart": chart, "csv_url": csv_url}
