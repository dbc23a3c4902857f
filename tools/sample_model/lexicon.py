# SPDX-License-Identifier: MIT
"""The words of the stories: who, where, what, how many.

A *role* is somebody or something that a story keeps: the hero, the helper, the thing, the place. Each role
draws one record from its table when a story begins, and a record spells itself in several *forms*
("Mia", "she", "her"). Everything here was written for this project.
"""

from __future__ import annotations

Record = dict[str, str]

PRONOUNS = {
    "f": {"he": "she", "him": "her", "his": "her", "himself": "herself"},
    "m": {"he": "he", "him": "him", "his": "his", "himself": "himself"},
}

HERO_NAMES = {
    "f": "Mia Zoë Anaïs Lily Nora Ruby Elsa Inés Maya Tilda Clara Wren Ivy Hana Lucía Freya Olive Saga Aoife "
    "Noor".split(),
    "m": "Tom Noé Søren Max Leo Finn Hugo José Oskar Ben Milo Emil Jonas Theo Kai André Arlo Pip Rufus "
    "Łukasz".split(),
}
HERO_KINDS = (
    "fox rabbit mouse hedgehog bear squirrel duckling kitten puppy otter lamb piglet badger beaver mole hamster "
    "robot dragon".split()
)
CHILDREN = {"f": "girl", "m": "boy"}

HELPER_NAMES = {
    "f": "Agatha Dorothea Mabel Hazel Pearl Greta Matilda Ottilie Fern Rosalind".split(),
    "m": "Bruno Barnaby Casper Edgar Humphrey Ignatius Jasper Oswald Quentin Wilbur".split(),
}
HELPER_KINDS = (
    "owl tortoise goat crow toad snail goose donkey raven magpie spider baker gardener sailor tailor wizard "
    "librarian shepherd clockmaker painter".split()
)

COLOURS = (
    "red blue green yellow orange purple pink white black silver golden brown grey turquoise striped spotted".split()
)
THINGS = (
    "kite drum boat hat scarf lantern balloon ball bicycle trumpet umbrella wagon book box bell key mitten basket "
    "cup sled feather button marble ribbon whistle violin teapot map coat blanket backpack telescope mirror clock "
    "piñata ukulele".split()
)

PLACES = (
    ("in", "the forest"), ("by", "the river"), ("at", "the market"), ("on", "the hill"), ("in", "the meadow"),
    ("at", "the café"), ("near", "the lighthouse"), ("in", "the cave"), ("on", "the beach"), ("at", "the harbor"),
    ("in", "the orchard"), ("inside", "the old mill"), ("at", "the train station"), ("by", "the waterfall"),
    ("in", "the castle"), ("in", "the library"), ("in", "the garden"), ("under", "the stone bridge"),
    ("behind", "the windmill"), ("in", "the swamp"), ("at", "the museum"), ("by", "the lake"),
    ("on", "the mountain"), ("in", "the village square"), ("at", "the bakery"), ("in", "the pumpkin field"),
)

FOODS = (
    "blueberry/blueberries apple/apples pancake/pancakes cookie/cookies carrot/carrots walnut/walnuts "
    "cherry/cherries crêpe/crêpes jalapeño/jalapeños dumpling/dumplings muffin/muffins pear/pears "
    "strawberry/strawberries acorn/acorns croissant/croissants plum/plums onion/onions potato/potatoes "
    "tomato/tomatoes mushroom/mushrooms raspberry/raspberries peach/peaches waffle/waffles radish/radishes".split()
)
DISHES = "soup pie cake stew jam soufflé salad porridge pudding purée".split()

NUMBERS = "two three four five six seven eight nine ten eleven twelve".split()

FEARS = (
    "the dark", "thunder", "deep water", "high places", "loud noises", "spiders", "strangers", "the long tunnel",
    "shadows", "getting lost",
)

# Before the slash what is to be done, after it what was done.
JOBS = (
    "sweep/swept the floor", "carry/carried the firewood", "water/watered the garden", "wash/washed the windows",
    "peel/peeled the potatoes", "sort/sorted the old letters", "paint/painted the fence",
    "catch/caught the runaway hens", "polish/polished the silver spoons", "feed/fed the ducks",
)
TIPS = (
    "close your eyes and count to ten", "take one small step at a time", "sing as loud as you can",
    "take a deep breath and smile", "whisper your own name", "think of warm pancakes", "hum a little song",
    "look straight ahead", "imagine that you are a mountain",
)

FLIMSY = "old boxes, wet paper, straw, thin twigs, broken plates, loose feathers".split(", ")
STURDY = "driftwood, bamboo, copper pipes, strong rope, oak planks, iron nails, stones".split(", ")


def with_article(noun: str) -> str:
    """`noun` after its indefinite article: "a kite", "an owl", "a ukulele"."""
    vowel = noun[0] in "aeiou" and not noun.startswith("uku")
    return f"{'an' if vowel else 'a'} {noun}"


def beings(names: dict[str, list[str]], kinds: list[str], children: dict[str, str] | None = None) -> list[Record]:
    """Every name with every kind it may have; a name's gender fixes its pronouns."""
    return [
        {"name": name, "kind": kind, "a": with_article(kind), **PRONOUNS[gender]}
        for gender in names
        for name in names[gender]
        for kind in kinds + ([children[gender]] if children else [])
    ]


def deed(text: str) -> Record:
    """"sweep/swept the floor" as what somebody does and what the hero did."""
    words = [word.partition("/") for word in text.split(" ")]
    do = " ".join(now for now, _, _ in words)
    did = " ".join(then or now for now, _, then in words)
    return {"do": do, "did": did}


ROLES: dict[str, list[Record]] = {
    "hero": beings(HERO_NAMES, HERO_KINDS, CHILDREN),
    "helper": beings(HELPER_NAMES, HELPER_KINDS),
    "thing": [
        {"noun": noun, "one": with_article(noun), "full": f"{colour} {noun}", "a": with_article(f"{colour} {noun}")}
        for noun in THINGS
        for colour in COLOURS
    ],
    "place": [{"in": f"{where} {noun}", "the": noun} for where, noun in PLACES],
    "food": [{"one": one, "a": with_article(one), "many": many} for one, many in (f.split("/") for f in FOODS)],
    "dish": [{"noun": noun} for noun in DISHES],
    "count": [{"n": str(n), "word": word} for n, word in enumerate(NUMBERS, start=2)],
    "fear": [{"of": fear} for fear in FEARS],
    "job": [deed(job) for job in JOBS],
    "tip": [{"do": tip} for tip in TIPS],
    "flimsy": [{"of": material} for material in FLIMSY],
    "sturdy": [{"of": material} for material in STURDY],
}
