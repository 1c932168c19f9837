"""`tco comment`: the difference as a comment on a pull or merge request. The only command that uses a network."""

from __future__ import annotations

import os
import re
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Mapping
from time import sleep
from typing import TYPE_CHECKING

from tcolang.cli.command import Command, UsageError

if TYPE_CHECKING:
    from tcolang.cli.compared import Compared
    from tcolang.hosts.comments import Host

_TOKENS = {"github": ("GITHUB_TOKEN", "GH_TOKEN"), "gitlab": ("GITLAB_TOKEN",)}


def _configure(parser: ArgumentParser) -> None:
    from tcolang.cli.compared import add_comparison
    from tcolang.cli.opened import whole

    parser.add_argument("host", choices=("github", "gitlab"), help="where the request is")
    add_comparison(parser)
    parser.add_argument(
        "--behavior",
        choices=("update", "hide-and-new", "new"),
        default="update",
        help="with a comment that is there already (default update)",
    )
    parser.add_argument(
        "--when",
        choices=("changed", "threshold", "always"),
        default="changed",
        help="make a new one if anything changed, if a guardrail is breached, or always (default changed)",
    )
    parser.add_argument("--id", default="default", metavar="NAME", help="of the comment (default default)")
    parser.add_argument("--repo", metavar="NAME", help="owner/name, or a GitLab project (default: as CI says)")
    parser.add_argument("--number", type=whole, metavar="N", help="of the request (default: as CI says)")
    parser.add_argument(
        "--run", type=whole, metavar="N", help="of CI: newer runs have larger ones (default: as CI says)"
    )
    parser.add_argument("--api-url", metavar="URL", help="of a host of your own (default: as CI says)")
    parser.add_argument("--dry-run", action="store_true", help="print the comment and use no network")


def _run(arguments: Namespace) -> int:
    from tcolang.cli.compared import compared, show_breaches
    from tcolang.diff.output import diff_formats
    from tcolang.hosts.http import HostError

    # What is missing is said before the work is done.
    host = None if arguments.dry_run else _host(arguments, os.environ)
    found = compared(arguments)
    if found.failed:
        return 1
    format_ = next(one for one in diff_formats() if one.name == f"{arguments.host}-comment")
    body = format_.render(found.differences, found.breaches, arguments.id)
    show_breaches(found)
    wanted = _wanted(arguments.when, found)
    if host is None:
        sys.stdout.write(body)
        print("dry run: " + ("a comment would be made or updated" if wanted else _IDLE), file=sys.stderr)
        return int(bool(found.breaches))
    try:
        _post(host, body, arguments, wanted)
    except HostError as error:
        help_ = f"; {error.help}" if error.help else ""
        raise UsageError(f"the comment could not be posted: {error}{help_}") from None
    return int(bool(found.breaches))


_IDLE = "no comment would be made, and one that is there would be updated"

_DONE = {
    "created": "a comment was made",
    "updated": "the comment was updated",
    "unchanged": "the comment is up to date",
    "nothing": "nothing to comment on",
    "newer": "a newer run has commented already, so nothing was changed",
}


def _post(host: Host, body: str, arguments: Namespace, wanted: bool) -> None:
    from tcolang.hosts.publish import publish

    run = arguments.run or _number(os.environ.get("GITHUB_RUN_ID" if arguments.host == "github" else "CI_PIPELINE_ID"))
    print(_DONE[publish(host, body, run, arguments.behavior, wanted)], file=sys.stderr)


def _wanted(when: str, found: Compared) -> bool:
    match when:
        case "always":
            return True
        case "threshold":
            return bool(found.breaches)
        case _:
            return any(difference.changed for difference in found.differences)


def _host(arguments: Namespace, environment: Mapping[str, str]) -> Host:
    """As the flags say, or CI does; the token comes from the environment alone. Raises `UsageError`."""
    from tcolang.hosts.github import PUBLIC as GITHUB
    from tcolang.hosts.github import github
    from tcolang.hosts.gitlab import PUBLIC as GITLAB
    from tcolang.hosts.gitlab import gitlab
    from tcolang.hosts.http import HostError

    names = _TOKENS[arguments.host]
    token = next((environment[name] for name in names if environment.get(name)), "")
    if not re.fullmatch(r"[\x21-\x7e]+", token):
        raise UsageError(f"there is no token: set {' or '.join(names)} in the environment, or try --dry-run")
    on_github = arguments.host == "github"
    repository = arguments.repo or environment.get("GITHUB_REPOSITORY" if on_github else "CI_PROJECT_ID", "")
    number = arguments.number or (_pull_request(environment) if on_github else _merge_request(environment))
    if not repository or number is None:
        raise UsageError("which request is it? give --repo and --number, as this is not the CI of one")
    try:
        if on_github:
            base = arguments.api_url or environment.get("GITHUB_API_URL") or GITHUB
            graphql = "" if arguments.api_url else environment.get("GITHUB_GRAPHQL_URL", "")
            return github(repository, number, token, base, graphql, sleep)
        base = arguments.api_url or environment.get("CI_API_V4_URL") or GITLAB
        return gitlab(repository, number, token, base, sleep)
    except HostError as error:
        raise UsageError(f"{error}; {error.help}") from None


def _pull_request(environment: Mapping[str, str]) -> int | None:
    """From `refs/pull/12/merge`, which a workflow run for a pull request is given."""
    found = re.fullmatch(r"refs/pull/([0-9]{1,12})/(merge|head)", environment.get("GITHUB_REF", ""), re.ASCII)
    return _number(found[1]) if found else None


def _merge_request(environment: Mapping[str, str]) -> int | None:
    return _number(environment.get("CI_MERGE_REQUEST_IID"))


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) <= 18 and int(text) > 0 else None


COMMENT = Command(
    "comment",
    "put what changed, and why, as a comment on a pull or merge request",
    _configure,
    _run,
    "tco comment github support.tco --fail-on-flip --dry-run",
)
