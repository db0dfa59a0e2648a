"""Read a page: what it refers to, its words and elements, and that every one is closed."""

from collections import Counter
from html.parser import HTMLParser

_VOID = {"meta", "br", "link", "img", "hr", "input", "path", "use", "rect"}


class PageReader(HTMLParser):
    """Notes the elements of a page; `open` are those that are not closed."""

    def __init__(self):
        super().__init__()
        self.open, self.ids, self.links, self.words = [], set(), [], []
        self.counts = Counter()  # of elements, by their tags

    def handle_starttag(self, tag, attrs):
        self.counts[tag] += 1
        given = dict(attrs)
        self.ids.add(given.get("id"))
        self.links += [given[name] for name in ("src", "href", "xlink:href") if name in given]
        if tag not in _VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if tag not in _VOID:
            assert self.open.pop() == tag

    def handle_data(self, data):
        self.words.append(data)
