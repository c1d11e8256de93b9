"""Articles, a JSON object a line, become what the engine says of them: for a process of its own."""

import json
import sys

import digests.facts
import digests.stories
from digests.facts import facts_of
from digests.model import Article
from digests.people import people_of
from digests.stories import group

if __name__ == "__main__":
    articles = [Article(**json.loads(line)) for line in sys.stdin]
    print(ascii([digests.facts.__file__, digests.stories.__file__]))
    for article in articles:
        people = people_of(article)
        print(ascii((people.persons, people.mentions, facts_of(article))))
    print([[article.id for article in story.articles] for story in group(articles, ())])
