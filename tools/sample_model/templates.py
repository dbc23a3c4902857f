# SPDX-License-Identifier: MIT
"""The sentences of the stories. Everything here was written for this project.

Notation, inside a template:
  {hero.name}   a form of a role's record; the same record all through a story
  {weather}     a phrase, chosen anew each time from PHRASES
  {^...}        either of them with its first letter in upper case
  |             end of a sentence (one template may hold several)

A plot is a list of sections, a section a list of templates of which a story takes one. A section name that
starts with "?" is left out of half of the stories. "//" starts a new paragraph.
"""

from __future__ import annotations


def lines(text: str) -> list[str]:
    """One entry for each line that holds something."""
    return [line.strip() for line in text.strip().splitlines() if line.strip()]


def items(text: str) -> list[str]:
    """Entries separated by commas."""
    return [item.strip() for item in text.replace("\n", " ").split(",") if item.strip()]


PHRASES: dict[str, list[str]] = {
    # describing
    "a_trait": items("""a brave, a curious, a shy, a clever, a gentle, a cheerful, a naïve, a stubborn, a quiet, a lazy,
        a kind, a sleepy, a silly, a patient, a polite, a hungry, a lonely, a careful, a merry, an honest, an eager,
        a small, a little, a young, a forgetful, a dreamy"""),
    "trait": items("""brave, curious, shy, clever, gentle, cheerful, naïve, stubborn, quiet, kind, sleepy, silly, patient,
        polite, careful, honest, forgetful, dreamy"""),
    "a_wise": items("""a wise old, an old, a friendly, a kind, a very old, a sleepy, a busy, a cheerful, a thoughtful,
        a grumpy but kind, a famous"""),
    "happy": items("happy, glad, proud, delighted, overjoyed, thankful, cheerful"),
    "sad": items("sad, worried, lonely, upset, miserable, disappointed"),
    "feature": items("""bright eyes, muddy boots, a loud laugh, a crooked smile, a warm heart, very big ears,
        a soft voice, pockets full of pebbles, a head full of questions, a patched jacket"""),
    "adverb": items("softly, gently, kindly, happily, quietly, politely, slowly, with a smile, with a nod, with a sigh"),
    # time and weather
    "when": items("""one morning, one evening, one {season} day, on {weekday}, early one {season} morning, one {weather} day,
        one {weather} afternoon, at {hour} o'clock, late one night, the next day"""),
    "season": items("spring, summer, autumn, winter"),
    "weekday": items("Monday, Tuesday, Wednesday, Thursday, Friday, Saturday, Sunday"),
    "daypart": items("morning, evening, afternoon, night"),
    "weather": items("rainy, sunny, windy, foggy, cold, cloudy, stormy, snowy, bright"),
    "hour": items("1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12"),
    "age": items("5, 6, 7, 8, 9, 10"),
    "some": items("two, three, four, five, six, seven, eight, nine, ten, twenty, a hundred"),
    "weather_was": lines("""
        the sun was shining
        the wind blew hard
        the rain would not stop
        the first snow was falling
        the fog was as thick as soup
        the sky was as blue as a plum
        the leaves danced on the ground
        the stars came out one by one
        the moon was round and bright
        the birds were singing
        """),
    # home and habits
    "home": lines("""
        in a {house} by the sea
        in a {house} at the edge of the woods
        in a {house} beside an oak tree
        in a {house} on top of a hill
        in a {house} behind the school
        in a {house} at the end of a long road
        in a {house} near the railway
        in a {house} with a {colour} door
        """),
    "house": items("""small house, crooked house, tiny cottage, tall tower, warm burrow, wooden cabin, cozy den,
        narrow house, round hut"""),
    "colour": items("red, blue, green, yellow, purple, white"),
    "habit": lines("""
        swept the floor and sang
        counted the clouds
        read a page of a big book
        fed the birds
        watched the boats go by
        drank a cup of cocoa
        wrote a letter to the moon
        practiced {hero.his} whistling
        watered the flowers
        went for a long walk
        """),
    "doing": lines("""
        drawing maps
        climbing trees
        telling jokes
        collecting shells
        baking bread
        chasing butterflies
        looking at the stars
        building towers
        """),
    "doing_too": lines("""
        singing songs
        jumping over puddles
        asking questions
        sleeping late
        playing chess
        painting pictures
        eating crème brûlée
        listening to the rain
        """),
    # moving and noticing
    "went": items("walked, ran, hurried, tiptoed, marched, skipped, wandered, cycled"),
    "path": items("""over the bridge, through the tall grass, past the mill, along the river, down the dusty road,
        across the field, up the stairs, through the gate, around the pond, between the trees"""),
    "spot": items("""under the bed, behind the curtain, in every drawer, under the stairs, behind the stove, in the attic,
        under the carpet, in the cupboard"""),
    "sound": items("a soft rustle, a strange hum, a loud crack, a tiny sneeze, a deep voice, a sad song, a knock, a whisper"),
    "smell": items("cinnamon, wet leaves, warm bread, salt and seaweed, roses, smoke, lemon, old paper"),
    # speaking
    "said": items("said, answered, replied, whispered, explained"),
    "cried": items("cried, shouted, called, exclaimed"),
    "hello": items("Hello, Good morning, Good evening, Welcome, Well well, Bonjour, Hi there"),
    "thanks": items("Thank you, Thank you so much, You are very kind, I can't thank you enough, I'll never forget this"),
    "comfort": items("Don't worry, Don't be sad, Dry your tears, There's no need to cry, Take a deep breath, Cheer up"),
    "yes": items("Of course, Certainly, With pleasure, Yes, Why not, That's easy"),
    # endings
    "moral": lines("""
        a friend is worth more than gold
        it is never too late to ask for help
        being brave does not mean being big
        patience is a kind of magic
        sharing makes everything taste better
        even the smallest step leads somewhere
        a kind word costs nothing
        mistakes are only lessons in disguise
        nobody has to do everything alone
        """),
    "evening": lines("""
        they drank tea and laughed until midnight
        they danced under the stars
        they sat by the fire and told stories
        they ate {some} slices of cake
        they walked home together
        they sang every song they knew
        they watched the moon rise
        they fell asleep with big smiles
        """),
    "job_done": lines("""
        worked from dawn until dusk
        never once complained
        sang a merry song
        did everything twice, just to be sure
        did not stop for lunch
        """),
    "part": items("wheels, ropes, springs, sails, wooden wings, a chimney, a steering wheel, lamps, pedals, paper flags"),
    "trouble": lines("""
        was stuck in the mud
        had fallen into a hole
        was caught in a thorn bush
        had lost the way home
        was trapped behind a fallen tree
        was tangled in a fishing net
        sat on a thin branch and could not get down
        """),
    "effort": lines("""
        pulled as hard as {hero.he} could
        dug until {hero.his} arms were sore
        pushed and pulled and never gave up
        tied {some} knots in a rope
        found a long stick and used it as a bridge
        """),
}

OPENING = lines("""
    Once upon a time, there was {a_trait} {hero.kind} named {hero.name}.
    Once upon a time, {a_trait} {hero.kind} called {hero.name} lived {home}.
    {hero.name} was {a_trait} {hero.kind} who lived {home}.
    Long ago, {a_trait} {hero.kind} named {hero.name} lived {home}.
    There was once {a_trait} {hero.kind} named {hero.name}. | {^hero.he} lived {home}.
    This is the story of {hero.name}, {a_trait} {hero.kind} with {feature}.
    Beyond {some} hills and {some} rivers lived {a_trait} {hero.kind} named {hero.name}.
    Everybody knew {hero.name}, {a_trait} {hero.kind} with {feature}.
    """)

ABOUT = lines("""
    {^hero.he} liked {doing} and {doing_too}.
    Every {daypart}, {hero.he} {habit}.
    {^hero.he} was only {age} years old, but {hero.he} was very {trait}.
    {^hero.he} had {feature} and liked {doing_too}.
    Nobody in the village was as {trait} as {hero.name}.
    On {weekday}, {hero.he} always {habit}.
    {^hero.his} best days were spent {doing}.
    """)

WEATHER = lines("""
    It was {hour} o'clock, and {weather_was}.
    It was a quiet {weekday}, and {weather_was}.
    Outside, {weather_was}.
    That day, {weather_was}.
    """)

JOURNEY = lines("""
    {^hero.he} {went} {path} until {hero.he} came to {place.the}.
    So {hero.he} {went} {path}, all the way to {place.the}.
    {hero.name} put on a warm coat and {went} to {place.the}.
    After {count.word} hours, {hero.he} was {place.in}. | {^hero.he} had walked {count.n} miles.
    {hero.name} {went} {path} and {path}. | At last {hero.he} stood {place.in}.
    "What if I went to {place.the}?" {hero.he} thought. | So {hero.he} {went} {path}.
    """)

ARRIVAL = lines("""
    Everything smelled of {smell}.
    {^place.in}, {hero.he} heard {sound}.
    It was quiet {place.in}, except for {sound}.
    The air {place.in} smelled of {smell}.
    {hero.name} had never been {place.in} before.
    """)

MEETING = lines("""
    There {hero.he} met {a_wise} {helper.kind} named {helper.name}.
    {^place.in} sat {a_wise} {helper.kind}. | "{hello}! My name is {helper.name}," said the {helper.kind}.
    Then {a_wise} {helper.kind} came along. | "I am {helper.name}," said the {helper.kind} {adverb}.
    {^a_wise} {helper.kind} named {helper.name} was waiting {place.in}.
    "{hello}!" said a voice. | It was {helper.name}, {a_wise} {helper.kind}.
    {helper.name}, {a_wise} {helper.kind}, looked up and smiled. | "{hello}, little {hero.kind}!" said {helper.name}.
    """)

THANKS = lines("""
    "{thanks}, {helper.name}!" {cried} {hero.name}.
    "{thanks}," said {hero.name} {adverb}.
    {hero.name} hugged the {helper.kind}. | "{thanks}!" {hero.he} {cried}.
    {hero.name} was so {happy} that {hero.he} danced {path}.
    {hero.name} thanked {helper.name} {count.word} times, and {helper.name} blushed.
    """)

ENDING = lines("""
    From that day on, {hero.name} and {helper.name} were best friends.
    That night, {evening}.
    {^hero.he} was so {happy}! | That night, {evening}.
    And so {hero.name} learned that {moral}.
    {hero.name} never forgot {helper.name} the {helper.kind}. | After all, {moral}.
    "Remember," said {helper.name}, "{moral}."
    And if you go to {place.the} today, you can still hear them laughing.
    And every {weekday}, {hero.name} comes back to {place.the} to visit {helper.name}.
    """)

END = lines("""
    The end.
    They lived happily ever after.
    What a day it had been!
    {hero.name} slept very well that night.
    And that was that.
    """)

# Plot 1: something is lost and found again.
LOST = [
    ("treasure", lines("""
        More than anything, {hero.he} loved {hero.his} {thing.full}.
        {^hero.his} dearest treasure was {thing.a}.
        For {hero.his} birthday, {hero.he} had been given {thing.a}.
        {^hero.he} never went anywhere without {hero.his} {thing.full}.
        {^hero.his} grandmother had given {hero.him} {thing.a}.
        """)),
    ("loss", lines("""
        But {when}, the {thing.noun} was gone!
        {^when}, {hero.he} reached for the {thing.noun}, but it wasn't there.
        {^when}, {hero.he} looked everywhere, but the {thing.full} had disappeared.
        {^when}, a gust of wind carried the {thing.noun} away.
        {^when}, {hero.he} noticed that {hero.his} {thing.noun} was missing.
        """)),
    ("search", lines("""
        {^hero.he} looked {spot} and {spot}, but found nothing but dust.
        "Where is my {thing.noun}?" {cried} {hero.name}.
        {^hero.he} was so {sad} that {hero.he} couldn't eat.
        {^hero.he} found {count.n} old socks, but no {thing.noun}.
        First {hero.he} searched {spot}. | Then {hero.he} searched {spot}.
        """)),
    ("ask", lines("""
        "Have you seen my {thing.full}?" asked {hero.name}.
        "Why are you so {sad}?" asked {helper.name}. | "I lost my {thing.noun}," {hero.he} {said}.
        "I'm looking for {thing.a}," {said} {hero.name}.
        "{comfort}," said {helper.name}. | "What did you lose, little {hero.kind}?" | "My {thing.full}," {hero.he} {said}.
        {hero.name} told {helper.name} about the {thing.full}.
        """)),
    ("find", lines("""
        "Is it this one?" asked {helper.name}, and held up {thing.a}.
        {helper.name} thought for a moment and {went} {path}. | There lay the {thing.noun}, {place.in}!
        Together they searched for {count.word} hours. | At last, they found the {thing.full} {path}.
        "Look up," {said} {helper.name}. | The {thing.noun} was hanging in a tree!
        "A magpie took it," {said} {helper.name}, "but I know where she lives." | And there it was, as good as new.
        """)),
]

# Plot 2: a wish, no money, and honest work.
WISH = [
    ("wish", lines("""
        More than anything, {hero.he} wished for {thing.a}.
        {^when}, {hero.he} saw {thing.a} in a shop window.
        {^hero.he} dreamed of {thing.a} every night.
        "If only I had {thing.a}!" {hero.he} used to say.
        All {hero.his} friends had {thing.a}, but {hero.he} did not.
        """)),
    ("price", lines("""
        But {thing.a} cost {count.n} coins, and {hero.he} had only one.
        It cost {count.n} coins. | {hero.name} had no coins at all.
        The price was {count.word} coins, which was far too much for {hero.a}.
        {^hero.his} pockets held a button and a crumb, but not {count.word} coins.
        """)),
    ("ask", lines("""
        "Would you sell me {thing.a}?" asked {hero.name}.
        "I wish I had {thing.a}," {said} {hero.name}, "but I don't have {count.word} coins."
        "What would make you happy?" asked {helper.name}. | "{^thing.a}!" {cried} {hero.name}.
        {hero.name} told {helper.name} about the {thing.full} and the {count.word} coins.
        """)),
    ("offer", lines("""
        "{yes}," {said} {helper.name}, "but first you must {job.do}."
        "If you {job.do}, the {thing.noun} is yours," {said} the {helper.kind}.
        "Can you {job.do}?" asked {helper.name}. | "{yes}," said {hero.name}.
        "Let's make a deal," {said} {helper.name}. | "You {job.do}, and I'll give you {count.n} coins."
        """)),
    ("work", lines("""
        {hero.name} {job.did} and {job_done}.
        For {count.word} days, {hero.name} {job.did}. | {^hero.he} {job_done}.
        It was hard work, but {hero.he} {job.did} and {job_done}.
        {hero.name} rolled up {hero.his} sleeves and {job.did}.
        The {hero.kind} {job.did} and {job_done}, and the {helper.kind} was impressed.
        """)),
    ("reward", lines("""
        "Well done!" {cried} {helper.name}. | "Here is your {thing.full}."
        In the evening, {helper.name} opened a box. | Inside was {thing.a}!
        {helper.name} kept the promise and gave {hero.him} the {thing.full}.
        And there it was at last: {thing.a}, and it belonged to {hero.name}.
        """)),
]

# Plot 3: somebody is afraid.
FEAR = [
    ("fear", lines("""
        However, {hero.he} was afraid of {fear.of}.
        There was only one problem: {hero.name} was terribly afraid of {fear.of}.
        {^hero.he} wasn't afraid of anything, except {fear.of}.
        Nobody knew that {hero.he} was afraid of {fear.of}.
        """)),
    ("shame", lines("""
        "I can't help it," {hero.he} {said}.
        The others laughed, and {hero.he} felt {sad}.
        Whenever {hero.he} thought of {fear.of}, {hero.his} knees began to shake.
        {^when}, {hero.he} hid {spot} for {count.word} hours.
        {^hero.he} pretended to be {happy}, but {hero.his} heart was beating fast.
        """)),
    ("confess", lines("""
        "Why are you shaking?" asked {helper.name}. | "I'm afraid of {fear.of}," {said} {hero.name}.
        "Can you keep a secret?" asked {hero.name}. | "I'm afraid of {fear.of}."
        "Tell me what is wrong," {said} {helper.name}. | "It's {fear.of}," {hero.name} said {adverb}.
        "{comfort}," {said} the {helper.kind}. | "Everybody is afraid of something."
        """)),
    ("tip", lines("""
        "When I was young, I was afraid of {fear.of} too," {said} {helper.name}. | "You only have to {tip.do}."
        "Here's a trick," said {helper.name} {adverb}. | "Just {tip.do}."
        "I'll teach you," {said} the {helper.kind}. | "First you {tip.do}, and then you begin to laugh."
        {helper.name} gave {hero.him} {thing.a}. | "Hold it tight and {tip.do}," said the {helper.kind}.
        """)),
    ("brave", lines("""
        {hero.name} tried it once, and twice, and {count.n} times.
        So {hero.he} remembered what {helper.name} had said: {tip.do}. | {^hero.his} knees still shook a little, but it worked!
        {hero.name} counted to {count.word} and opened {hero.his} eyes. | {^fear.of} did not seem so bad anymore.
        {^hero.he} held {hero.his} breath, and then {hero.he} began to laugh.
        Step by step, {hero.he} {went} {path}, and nothing bad happened.
        "Just {tip.do}," {hero.he} told {hero.himself}, and {hero.he} {went} {path}.
        """)),
    ("after", lines("""
        "I did it!" {cried} {hero.name}. | "I'm not afraid of {fear.of} anymore!"
        "You see?" {said} {helper.name}. | "You were brave all along."
        Since then, {hero.name} hasn't been afraid of {fear.of}.
        Sometimes {hero.he} is still a little afraid of {fear.of}, and that's all right.
        """)),
]

# Plot 4: something to cook, and something missing.
RECIPE = [
    ("guest", lines("""
        {^when}, {hero.he} decided to make {food.one} {dish.noun}.
        {^when}, {hero.he} promised to bring {food.one} {dish.noun} to the party.
        It was {weekday}, and {hero.name} wanted to cook {food.one} {dish.noun}.
        {hero.name} made the best {food.one} {dish.noun} in the whole village.
        """)),
    ("missing", lines("""
        The recipe called for {count.n} {food.many}, but there was only one left.
        {^hero.he} had flour, butter, and salt, but no {food.many}.
        "Oh no, I need {count.word} {food.many}!" {cried} {hero.name}.
        Without {food.many}, it just wouldn't be {food.one} {dish.noun}.
        """)),
    ("ask", lines("""
        "Do you know where I can find {food.many}?" asked {hero.name}.
        "I need {count.n} {food.many} for my {dish.noun}," {said} {hero.name}.
        "What is in your basket?" asked {helper.name}. | "Nothing yet," {said} {hero.name}, "but I need {food.many}."
        "What a coincidence!" {cried} {helper.name}. | "I love {food.one} {dish.noun}."
        """)),
    ("gather", lines("""
        "{yes}," {said} {helper.name}. | "I have {count.n} {food.many}, and you may have them all."
        Together they picked {count.word} {food.many} and put them into {thing.a}.
        {helper.name} knew a secret spot full of {food.many}.
        The {helper.kind} opened a sack, and out rolled {count.n} {food.many}.
        "I'll trade you {count.word} {food.many} for a slice," {said} the {helper.kind}.
        """)),
    ("cook", lines("""
        They stirred and tasted, and soon the whole kitchen smelled of {food.many}.
        {hero.name} dropped {food.a} on the floor, but nobody minded.
        In went the sugar, in went the milk, and in went {count.word} {food.many}.
        They forgot the salt, but the {dish.noun} was delicious anyway.
        {helper.name} stirred, {hero.name} tasted, and the {dish.noun} grew bigger and bigger.
        """)),
    ("share", lines("""
        There was enough {food.one} {dish.noun} for everybody {place.in}.
        {hero.name} cut the {dish.noun} into {count.n} pieces, one for each guest.
        "This is the best {dish.noun} I have ever tasted," said {helper.name}.
        All the neighbors came, and not a crumb of the {dish.noun} was left.
        """)),
]

# Plot 5: a rescue.
RESCUE = [
    ("calm", lines("""
        {^when}, {hero.he} was on {hero.his} way to {place.the} with {hero.his} {thing.noun}.
        {^when}, {hero.he} took {hero.his} {thing.full} and {went} {path}.
        {^when}, {hero.he} was playing with {thing.a}.
        """)),
    ("cry", lines("""
        Suddenly, {hero.he} heard {sound}, and somebody called, "Help!"
        "Help! Help!" {cried} a voice from {place.the}.
        All at once, there was {sound}.
        "Can anybody hear me?" {cried} someone far away.
        """)),
    ("stuck", lines("""
        {^place.in}, {a_wise} {helper.kind} named {helper.name} {trouble}.
        It was {helper.name}, {a_wise} {helper.kind}, who {trouble}.
        There was {a_wise} {helper.kind} who {trouble}. | "My name is {helper.name}," said the {helper.kind}. | "Please help me!"
        """)),
    ("plan", lines("""
        "{comfort}," {cried} {hero.name}. | "I'll get you out!"
        {hero.name} was only {hero.a}, but {hero.he} had an idea.
        "I need a plan," thought {hero.name}, and {hero.he} looked at the {thing.full}.
        {hero.name} counted to {count.word} and took a deep breath.
        {hero.name} didn't wait a second.
        """)),
    ("effort", lines("""
        {^hero.he} {effort}.
        First {hero.he} {effort}, and then {hero.he} {effort}.
        {^hero.he} {effort}, but it wasn't enough. | So {hero.he} used the {thing.noun}, and it worked!
        For {count.word} minutes, {hero.he} {effort}.
        {^hero.he} tied the {thing.full} to a rope and {effort}.
        """)),
    ("free", lines("""
        With a loud pop, {helper.name} was free!
        At last, {helper.name} was safe.
        After {count.n} tries, the {helper.kind} was free.
        {helper.name} tumbled out and landed on the {thing.noun}.
        """)),
    ("grateful", lines("""
        "{thanks}, {hero.name}!" said {helper.name}.
        "You saved me," {said} the {helper.kind}. | "How can I ever repay you?"
        {helper.name} gave {hero.him} {count.n} {food.many} as a reward.
        {helper.name} was so {happy} that the whole place shook.
        """)),
]

# Plot 6: something is built, breaks, and is built again.
BUILD = [
    ("idea", lines("""
        {^when}, {hero.he} had an idea: {hero.he} would build a flying {thing.noun}.
        {^when}, {hero.he} began to build {thing.one} with {part}.
        {hero.name} wanted to build the biggest {thing.noun} in the world.
        "I'm going to build {thing.one} with {part}!" {cried} {hero.name}.
        """)),
    ("first", lines("""
        {^hero.he} built it out of {flimsy.of}, and it took {count.n} days.
        {^hero.he} used {flimsy.of} and {count.word} pots of glue.
        {^hero.he} took some {flimsy.of} and worked for {count.word} nights.
        On {weekday}, the {thing.noun} was finished. | It was made of {flimsy.of} and had {part}.
        """)),
    ("broken", lines("""
        But when {hero.he} tried it, it broke into {count.n} pieces.
        Then there was {sound}, and the {thing.noun} fell apart.
        It worked for {count.word} minutes, and then it stopped.
        "It doesn't work!" {cried} {hero.name}, and {hero.he} felt {sad}.
        """)),
    ("ask", lines("""
        "What happened to your {thing.noun}?" asked {helper.name}. | "It broke," {said} {hero.name}.
        "I'll never build anything again," {said} {hero.name}.
        {hero.name} showed {helper.name} the broken {thing.noun}.
        "May I have a look?" asked {helper.name}. | "{yes}," said {hero.name}.
        """)),
    ("advice", lines("""
        "{comfort}," {said} {helper.name}. | "My first {thing.noun} broke {count.n} times."
        "Your {thing.noun} needs {part}," {said} the {helper.kind}.
        "You used {flimsy.of}," said {helper.name} {adverb}. | "Try {sturdy.of} instead."
        "Let's try again," {said} {helper.name}, "but this time, we'll use {sturdy.of}."
        """)),
    ("again", lines("""
        They measured everything twice and worked until {hour} o'clock.
        {helper.name} held the {thing.noun}, and {hero.name} turned the screws.
        So they painted it {colour} and added {part}.
        They started again with {sturdy.of}, and they didn't hurry.
        """)),
    ("works", lines("""
        This time, the {thing.noun} worked!
        {^when}, the new {thing.noun} was ready, and it was better than before.
        Everybody came to see the {thing.noun}, and everybody clapped.
        "It works! It really works!" {cried} {hero.name}.
        """)),
]


def section(plot: list[tuple[str, list[str]]], name: str) -> list[str]:
    """The templates of one section of `plot`."""
    return dict(plot)[name]


# What a story is: its plot's sections among those that all plots share. "?" is left out of half of the stories.
Section = str | tuple[str, list[str]]
BEGIN: list[Section] = [("opening", OPENING), ("?about", ABOUT)]
MIDDLE: list[Section] = ["//", ("?weather", WEATHER), ("journey", JOURNEY), ("?arrival", ARRIVAL), ("meeting", MEETING)]
CLOSE: list[Section] = [("ending", ENDING), ("?end", END)]


def parts(plot: list[tuple[str, list[str]]], *names: str) -> list[Section]:
    """Some sections of `plot`, in this order."""
    return [(name, section(plot, name.lstrip("?"))) for name in names]


PLOTS: dict[str, list[Section]] = {
    "lost": BEGIN + parts(LOST, "treasure", "loss", "?search") + MIDDLE + parts(LOST, "ask")
    + ["//"] + parts(LOST, "find") + [("thanks", THANKS)] + CLOSE,
    "wish": BEGIN + parts(WISH, "wish", "price") + MIDDLE + parts(WISH, "ask", "offer")
    + ["//"] + parts(WISH, "work", "reward") + [("?thanks", THANKS)] + CLOSE,
    "fear": BEGIN + parts(FEAR, "fear", "?shame") + MIDDLE + parts(FEAR, "confess", "tip")
    + ["//"] + parts(FEAR, "brave", "after") + [("?thanks", THANKS)] + CLOSE,
    "recipe": BEGIN + parts(RECIPE, "guest", "missing") + MIDDLE + parts(RECIPE, "ask", "gather")
    + ["//"] + parts(RECIPE, "cook", "share") + [("?thanks", THANKS)] + CLOSE,
    "rescue": BEGIN + ["//", ("?weather", WEATHER)] + parts(RESCUE, "calm", "cry", "stuck", "plan")
    + ["//"] + parts(RESCUE, "effort", "free", "grateful") + CLOSE,
    "build": BEGIN + parts(BUILD, "idea", "first", "broken") + MIDDLE + parts(BUILD, "ask", "advice")
    + ["//"] + parts(BUILD, "again", "works") + [("?thanks", THANKS)] + CLOSE,
}

# Chat: a request names what the story will be about; an answer may be asked for afterwards.
SYSTEM = lines("""
    You tell short stories.
    You are a kind storyteller.
    Tell bedtime stories for small children.
    """)
REQUESTS: dict[str, list[str]] = {
    "any": lines("""
        Tell me a story.
        Please tell me a bedtime story.
        Tell me a story about {hero.a}.
        Tell me a story about {hero.a} named {hero.name}.
        Write a short story about {hero.name} the {hero.kind}.
        I'd like a story about {hero.a} and {helper.a}.
        Can you tell me about {hero.name} and {helper.name}?
        Write a story that happens {place.in}.
        """),
    "lost": lines("Tell me how {hero.name} lost {thing.a}."),
    "wish": lines("Write a story about {hero.a} who wants {thing.a}."),
    "fear": lines("Tell me a story about {hero.a} who is afraid of {fear.of}."),
    "recipe": lines("Tell me a story about {food.one} {dish.noun}."),
    "rescue": lines("Tell me how {hero.name} saved {helper.a}."),
    "build": lines("Tell me how {hero.a} built {thing.one}."),
}
QUESTIONS: list[tuple[str, str]] = [
    ("Who is the story about?", "It is about {hero.name} the {hero.kind}."),
    ("Who was {helper.name}?", "{helper.name} was {helper.a}."),
    ("Where did they meet?", "They met {place.in}."),
    ("Thank you!", "You're welcome. Sleep well!"),
    ("Was {hero.name} {hero.a}?", "Yes, {hero.name} was {hero.a}."),
]
