"""One comment that is always the newest, against servers that speak the hosts' API and fail as they do."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tcolang.hosts.comments import Host, mark_of, marked
from tcolang.hosts.github import GitHub, github
from tcolang.hosts.gitlab import gitlab
from tcolang.hosts.http import ATTEMPTS, LONGEST_WAIT, Api, HostError
from tcolang.hosts.publish import Behavior, publish
from tests.hosts.server import ME, TOKEN, Failure, FakeHost, serving

BODY = "<!-- tcolang:report id=default -->\n### TCO +1\n"
OTHER = "<!-- tcolang:report id=other -->\n### TCO +2\n"
NAMES = ("github", "gitlab")


@pytest.fixture
def fake() -> Iterator[FakeHost]:
    with serving() as host:
        yield host


@pytest.fixture
def waits() -> list[float]:
    return []


def host_of(name: str, fake: FakeHost, waits: list[float], token: str = TOKEN) -> Host:
    if name == "github":
        return github("o/r", 7, token, fake.url, "", waits.append)
    return gitlab("group/project", 7, token, fake.url, waits.append)


def done(
    name: str,
    fake: FakeHost,
    waits: list[float],
    body: str = BODY,
    run: int | None = 5,
    behavior: Behavior = "update",
    wanted: bool = True,
) -> str:
    return publish(host_of(name, fake, waits), body, run, behavior, wanted)


@pytest.mark.parametrize("name", NAMES)
def test_there_is_one_comment_which_is_brought_up_to_date(name: str, fake: FakeHost, waits: list[float]) -> None:
    fake.add("what a person says")
    assert done(name, fake, waits) == "created"
    assert done(name, fake, waits) == "unchanged"
    assert done(name, fake, waits, BODY + "more\n", run=6) == "updated"
    assert done(name, fake, waits, OTHER) == "created"
    assert fake.bodies() == [
        "what a person says",
        "<!-- tcolang:report id=default run=6 -->\n### TCO +1\nmore\n",
        "<!-- tcolang:report id=other run=5 -->\n### TCO +2\n",
    ]
    assert waits == []


@pytest.mark.parametrize("name", NAMES)
def test_an_older_run_never_overwrites_a_newer_comment(name: str, fake: FakeHost, waits: list[float]) -> None:
    done(name, fake, waits, run=1_000)
    before = fake.bodies()
    for behavior in ("update", "hide-and-new", "new"):
        assert done(name, fake, waits, BODY + "old\n", run=999, behavior=behavior) == "newer"
    assert fake.bodies() == before
    # The same content from a newer run moves the mark on, so that a run between the two finds it.
    assert done(name, fake, waits, run=1_002) == "updated"
    assert done(name, fake, waits, BODY + "old\n", run=1_001) == "newer"


@pytest.mark.parametrize("name", NAMES)
def test_a_run_by_hand_keeps_the_mark(name: str, fake: FakeHost, waits: list[float]) -> None:
    done(name, fake, waits, run=9)
    assert done(name, fake, waits, BODY + "by hand\n", run=None) == "updated"
    assert mark_of(fake.bodies()[0]) == mark_of("<!-- tcolang:report id=default run=9 -->")


@pytest.mark.parametrize("name", NAMES)
def test_where_nothing_changed_none_is_made_and_one_that_is_there_is_updated(
    name: str, fake: FakeHost, waits: list[float]
) -> None:
    assert done(name, fake, waits, wanted=False) == "nothing"
    assert fake.comments == []
    done(name, fake, waits, run=1)
    for behavior in ("update", "hide-and-new", "new"):
        body = f"{BODY}no change {behavior}\n"
        assert done(name, fake, waits, body, behavior=behavior, wanted=False) == "updated"
    assert len(fake.comments) == 1


def test_new_leaves_the_old_one_and_hide_and_new_folds_it_away(fake: FakeHost, waits: list[float]) -> None:
    done("github", fake, waits, run=1)
    assert done("github", fake, waits, run=2, behavior="new") == "created"
    assert done("github", fake, waits, run=3, behavior="hide-and-new") == "created"
    assert [one["minimized"] for one in fake.comments] == [True, True, False]
    assert done("github", fake, waits, BODY + "x", run=4) == "updated"
    assert fake.bodies()[2].startswith("<!-- tcolang:report id=default run=4 -->")


def test_on_gitlab_a_hidden_note_is_cut_down_to_a_line(fake: FakeHost, waits: list[float]) -> None:
    done("gitlab", fake, waits, run=1)
    assert done("gitlab", fake, waits, run=2, behavior="hide-and-new") == "created"
    assert fake.bodies()[0] == (
        "<!-- tcolang:report id=default run=1 outdated -->\nThis report is outdated: a newer one stands below.\n"
    )
    assert done("gitlab", fake, waits, BODY + "x", run=3) == "updated"
    assert len(fake.comments) == 2


@pytest.mark.parametrize("name", NAMES)
def test_comments_of_others_are_left_alone_whatever_they_say(name: str, fake: FakeHost, waits: list[float]) -> None:
    forged = marked(BODY, 10**17)
    fake.add(forged, author="mallory")
    fake.add(f"> {forged}", author=ME)
    assert done(name, fake, waits) == "created"
    assert fake.bodies()[0] == forged


@pytest.mark.parametrize("name", NAMES)
def test_all_pages_are_read(name: str, fake: FakeHost, waits: list[float]) -> None:
    for number in range(250):
        fake.add(f"number {number}", author="somebody")
    fake.add(marked(BODY, 1))
    assert done(name, fake, waits, BODY + "x\n") == "updated"
    assert len(fake.comments) == 251


@pytest.mark.parametrize("name", NAMES)
def test_two_runs_at_once_leave_the_newest_alone(name: str, fake: FakeHost, waits: list[float]) -> None:
    """The other run makes its comment between our looking and our writing."""

    class Late:
        def __init__(self, inner: Host, run: int) -> None:
            self.inner, self.run = inner, run
            self.me, self.comments, self.update, self.hide = inner.me, inner.comments, inner.update, inner.hide

        def create(self, body: str):  # type: ignore[no-untyped-def]
            fake.add(marked(BODY, self.run))
            return self.inner.create(body)

    assert publish(Late(host_of(name, fake, waits), 6), BODY, 5, "update", True) == "newer"
    shown = [one["body"] for one in fake.comments if not one["minimized"] and "outdated" not in one["body"]]
    assert shown == [marked(BODY, 6)]
    fake.comments.clear()
    assert publish(Late(host_of(name, fake, waits), 4), BODY, 5, "update", True) == "created"
    shown = [one["body"] for one in fake.comments if not one["minimized"] and "outdated" not in one["body"]]
    assert shown == [marked(BODY, 5)]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_a_hiccup_is_waited_for(name: str, status: int, fake: FakeHost, waits: list[float]) -> None:
    fake.failures += [Failure("GET", status), Failure("GET", status)]
    assert done(name, fake, waits) == "created"
    assert waits == [1.0, 2.0]


@pytest.mark.parametrize(
    ("stated", "waited"), [("7", 7.0), ("0", 0.0), ("99999", LONGEST_WAIT), ("tomorrow", 1.0), ("-1", 1.0), ("٣", 1.0)]
)
def test_what_the_host_asks_to_wait_is_waited_within_bounds(
    stated: str, waited: float, fake: FakeHost, waits: list[float]
) -> None:
    header = {"Retry-After": stated.encode().decode("latin-1")}
    fake.failures += [Failure("GET", 429, header)]
    assert done("github", fake, waits) == "created"
    assert waits == [waited]


def test_a_rate_limit_that_says_403_is_a_hiccup_too(fake: FakeHost, waits: list[float]) -> None:
    fake.failures += [Failure("GET", 403, {"X-RateLimit-Remaining": "0"}), Failure("GET", 403, {"Retry-After": "3"})]
    assert done("github", fake, waits) == "created"
    assert waits == [1.0, 3.0]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("behavior", ["update", "hide-and-new", "new"])
@pytest.mark.parametrize("drop", [False, True])
def test_a_comment_whose_making_was_not_confirmed_is_not_made_twice(
    name: str, behavior: Behavior, drop: bool, fake: FakeHost, waits: list[float]
) -> None:
    host = host_of(name, fake, waits)
    fake.add(marked(BODY, 1)) if behavior != "update" else None
    before = len(fake.comments)
    me = host.me()
    fake.failures.append(Failure("POST", 502, after_doing=True, drop=drop))
    host_me = type("Host", (), {"me": lambda self: me, "__getattr__": lambda self, name: getattr(host, name)})()
    if name == "github" and behavior != "update":
        # Its first POST asks which comments are hidden, and asking again does no harm.
        fake.failures.insert(0, Failure("POST", 502))
    assert publish(host_me, BODY, 5, behavior, True) in ("created", "updated", "unchanged")
    new = [one for one in fake.comments[before:] if not one["minimized"]]
    assert [one["body"] for one in new] == [marked(BODY, 5)]


def test_a_host_that_stays_down_is_given_up(fake: FakeHost, waits: list[float]) -> None:
    fake.failures += [Failure("GET", 503)] * 50
    with pytest.raises(HostError) as error:
        Api(fake.url, {}, waits.append).call("GET", "/user")
    assert error.value.status == 503 and error.value.passing
    assert len(fake.asked) == ATTEMPTS and waits == [1.0, 2.0, 4.0]


@pytest.mark.parametrize(("status", "help_"), [(401, "token"), (403, "step summary"), (404, "repository"), (422, "")])
def test_a_refusal_is_final_and_says_what_may_mend_it(
    status: int, help_: str, fake: FakeHost, waits: list[float]
) -> None:
    fake.failures.append(Failure("GET", status))
    with pytest.raises(HostError) as error:
        host_of("github", fake, waits).comments()
    assert error.value.status == status and help_ in error.value.help
    assert waits == [] and "\x1b" not in str(error.value)


def test_a_token_of_somebody_else_is_refused(fake: FakeHost, waits: list[float]) -> None:
    with pytest.raises(HostError) as error:
        publish(host_of("gitlab", fake, waits, "wrong-one"), BODY, 1, "update", True)
    assert error.value.status == 401 and "wrong-one" not in str(error.value)


def test_a_redirect_is_not_followed_so_that_the_token_stays(fake: FakeHost, waits: list[float]) -> None:
    with serving() as other:
        fake.failures.append(Failure("GET", 307, {"Location": f"{other.url}/user"}))
        with pytest.raises(HostError) as error:
            host_of("gitlab", fake, waits).me()
        assert error.value.status == 307 and "moved" in error.value.help
        assert other.asked == []


def test_nobody_there_is_said_after_patience(waits: list[float]) -> None:
    with pytest.raises(HostError) as error:
        Api("http://127.0.0.1:1", {}, waits.append).call("POST", "/x", {}, repeatable=False)
    assert "127.0.0.1:1 cannot be reached" in str(error.value) and len(waits) == ATTEMPTS - 1


@pytest.mark.parametrize(
    "url",
    [
        "http://example.com/api",
        "ftp://127.0.0.1",
        "https://",
        "https://u:p@example.com",
        "file:///etc",
        "",
        "https://a?b=c",
    ],
)
def test_an_address_that_would_betray_the_token_is_refused(url: str) -> None:
    with pytest.raises(HostError):
        Api(url, {})


def test_the_address_of_graphql_follows_from_that_of_the_api() -> None:
    def places(base: str, graphql: str = "") -> tuple[str, str]:
        host: GitHub = github("o/r", 1, "t", base, graphql, lambda seconds: None)
        return host.api.base, host.graphql.base

    assert places("https://api.github.com") == ("https://api.github.com", "https://api.github.com/graphql")
    assert places("https://git.example.com/api/v3/")[1] == "https://git.example.com/api/graphql"
    assert places("https://a.example", "https://b.example/g")[1] == "https://b.example/g"


def test_the_token_is_not_shown_with_the_host() -> None:
    assert "sesame" not in repr(github("o/r", 1, TOKEN, "https://api.github.com", "", lambda seconds: None))
    assert "sesame" not in repr(gitlab("1", 1, TOKEN, "https://gitlab.com/api/v4", lambda seconds: None))


@pytest.mark.parametrize("name", ["", "o", "o/r/x", "o/r?x", "../x", "o/r#", "é/r", "o/r\n"])
def test_a_repository_is_owner_and_name(name: str) -> None:
    with pytest.raises(HostError):
        github(name, 1, "t", "https://api.github.com", "", lambda seconds: None)


def test_marks() -> None:
    assert mark_of("### no mark") is None
    assert mark_of(" <!-- tcolang:report id=a -->") is None, "it is the first thing in a comment, or none"
    found = mark_of("<!-- tcolang:report id=a.b-c run=12 outdated -->\nx")
    assert found is not None and (found.name, found.run, found.outdated) == ("a.b-c", 12, True)
    with pytest.raises(ValueError, match="no marker"):
        marked("text", 1)
