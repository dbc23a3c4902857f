# SPDX-License-Identifier: MIT
"""Text beside the stories, for the tokenizer only: the vocabulary should be of use on any text.

Everyday English, dialogue, numbers, a little code and a few lines in other languages and scripts, all written for
this project. The model itself never trains on it.
"""

from __future__ import annotations

import random

ENGLISH = """\
The library opens at nine and closes at six, except on Sundays, when it doesn't open at all.
I've been thinking about what you said, and I don't believe we're going to finish before the end of the week.
She isn't here right now, but she'll be back in about fifteen minutes; would you like to leave a message?
There were several interesting questions about the weather, the train, and the price of bread.
We couldn't find any information about the building, so we asked the person at the front desk.
He should have remembered that the meeting had been moved to another room on the second floor.
It's important to understand how something works before you try to make it better.
They're planning a long journey through the mountains, although nobody knows exactly where the road will end.
You can either read the instructions first or start without them; most people start without them.
Their children were playing outside while the grown-ups were talking about music, work and politics.
A good tool should do one thing well, explain itself when it fails, and stay out of the way otherwise.
What would happen if every person in the city switched off the light at the same moment?
The first version was slow, the second version was wrong, and the third version was finally useful.
Nothing is certain, however, and everything depends on which direction the current is flowing.
Whenever the number of questions grew larger than the number of answers, we stopped and had some coffee.
Perhaps the most surprising thing about the experiment was that it could be repeated by anyone.
Information is not knowledge, and knowledge without patience is seldom enough.
For example, the model reads a sentence, turns it into numbers, and predicts which number comes next.
Because the station was under construction, passengers were asked to continue on foot.
I'd rather be early than late, wouldn't you? That's what my brother always says, and he's usually late.
In general, different people have different opinions about the same problem, and that is probably for the best.
Through the window we could see the whole valley, with its fields, its two churches and its only traffic light.
Another possibility is that the government changed the rules during the previous year.
It has been reported that the company will increase its production between January and March.
The history of the university began with a small group of students who wanted a warm place to read.
DON'T PANIC. READ THE MANUAL. THIS SIDE UP. NO SMOKING. PLEASE CLOSE THE DOOR.
Dear friend, thank you for your letter of the 14th; the parcel arrived yesterday, and it was in good condition.
Usually we don't discuss these details, but this development is quite different from the others.
Computers, telephones and other devices must be switched off before the performance.
"Really?" he asked. "Absolutely," she said. "I wouldn't have told you if it weren't true."
"""

LANGUAGES = """\
Der kleine Fuchs läuft über die Brücke und sucht seine Mütze. Wo ist sie? Natürlich unter dem Stuhl!
Le petit renard traverse la forêt; il a perdu son écharpe près de la rivière. Quelle journée, n'est-ce pas?
El niño pequeño busca su piñata en el jardín. ¿Dónde está? ¡Mañana será otro día!
A raposinha não sabe onde está a maçã, mas o coração dela está contente.
La volpe piccola cammina nella città perché vuole un gelato. Così è la vita.
Den lilla räven går över ån på våren. Hvor er min røde båd? Ég á lítinn bát.
Mały lis idzie przez las i szuka źródła. Gdzie jest żółty łódź? Příliš žluťoučký koník běží domů.
Küçük tilki ormanda yürüyor, çünkü güneş ışığı çok güzel.
Маленькая лиса идёт по лесу и ищет красную шапку. Где она? Конечно, под ёлкой!
Η μικρή αλεπού περπατά στο δάσος και ψάχνει το καπέλο της. Καλημέρα!
השועל הקטן הולך ביער ומחפש את הכובע שלו. שלום לכולם!
الثعلب الصغير يمشي في الغابة ويبحث عن قبعته. صباح الخير يا صديقي!
छोटी लोमड़ी जंगल में चलती है और अपनी टोपी ढूँढती है। नमस्ते!
สุนัขจิ้งจอกตัวน้อยเดินในป่า สวัสดีตอนเช้า
小狐狸走在森林里，找它的红帽子。你好，世界！今天天气很好。
小さなきつねは森を歩いて、赤い帽子をさがしています。こんにちは、せかい！
작은 여우가 숲속을 걸으며 빨간 모자를 찾고 있습니다. 안녕하세요!
🦊 🌲 🎩 ✨ 👍 🎉 😀 😢 ❤️ ☕ → ← ≤ ≥ ≠ × ÷ € £ ° … – — “quoted” ‘single’ «guillemets»
"""

CODE = """\
#include <vector>
#include <string_view>
namespace story {
struct token { int id; float score; };
auto find(std::string_view text) -> int {
    for (int i = 0; i < 10; ++i) {
        if (text[i] == ' ') return i;
        else continue;
    }
    return -1;
}
}  // namespace story
static const unsigned int size = 4096;
std::vector<int> ids = {1, 2, 3};
template <typename T> auto max_of(T a, T b) -> T { return a < b ? b : a; }
def main(args):
    \"\"\"Print every line of a file.\"\"\"
    with open(args.path, encoding="utf-8") as file:
        for line in file:
            print(line.strip(), end="\\n")
    return None

import numpy as np
x = np.zeros((4, 8), dtype=np.float32)
while True:
    try:
        value = next(iterator)
    except ValueError as error:
        raise SystemExit(1)
function add(a, b) { return a + b; }
const name = "fox"; let count = 0; count += 1; // comment
{"name": "fox", "age": 7, "friends": ["owl", "mole"], "happy": true, "hat": null}
<p class="story">Once upon a time&hellip;</p>
$ git commit -m "first draft" && make -j4 test | tee log.txt
SELECT name, COUNT(*) FROM stories WHERE year >= 1999 GROUP BY name;
# Heading

- first item
- second item

| column | value |
|--------|-------|
| a      | 0.5   |

https://example.org/index.html?page=2&lang=en  user@example.org  ../src/main.cpp  C:\\Temp\\a.txt
\tindented\twith\ttabs
"""


def numbers(rng: random.Random) -> str:
    """A paragraph of figures: years, prices, times, versions, measures."""

    def upto(n: int) -> int:
        return int(rng.random() * n)

    return (
        f"In {1900 + upto(130)}, {upto(1000)} of {upto(100000)} were sold at ${upto(100)}.{upto(90) + 10} each "
        f"({upto(100)}%). It was {upto(24)}:{upto(50) + 10}, {upto(40)}°C. Version {upto(9)}.{upto(20)}.{upto(30)}; "
        f"{upto(10)}.{upto(1000)}e-{upto(9)}; 0x{upto(65536):04x}; {upto(1000)},{upto(900) + 100}; "
        f"{1 + upto(12)}/{1 + upto(28)}/20{upto(90) + 10}; +{upto(99)} {upto(900) + 100} {upto(9000) + 1000}.\n"
    )


def variety(rng: random.Random) -> list[str]:
    """All of the texts, line by line where lines stand alone and whole where indentation matters."""
    return [*ENGLISH.splitlines(), *LANGUAGES.splitlines(), CODE, *(numbers(rng) for _ in range(8))]
