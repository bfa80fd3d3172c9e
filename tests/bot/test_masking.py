from bot.nlu.masking import mask


def entity(kind, text, whole):
    start = whole.index(text)
    return {"entity": kind, "start": start, "end": start + len(text), "value": text}


def test_what_is_named_is_hidden_behind_its_kind():
    text = "je suis à Quimper, 5 000 € de budget"
    found = [entity("location", "Quimper", text), entity("amount", "5 000 €", text)]
    assert mask(text, found) == "je suis à  xlocation ,  xamount  de budget"


def test_needs_and_doubts_without_a_place_hide_nothing():
    found = [{"entity": "need", "value": "website"}, {"entity": "invalid_siret", "value": "1"}]
    assert mask("un site", found) == "un site"


def test_overlaps_hide_the_first():
    text = "Saint-Denis"
    found = [entity("location", "Saint-Denis", text), entity("location", "Denis", text)]
    assert mask(text, found) == " xlocation "
