"""A person at a browser: signs in, walks, and what must never happen on the way is noticed."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Page, Request

from tests.sample import ROOT

SHOTS = ROOT / "var" / "screenshots"
SERIOUS = ("serious", "critical")
_LISTEN = """
document.addEventListener("securitypolicyviolation", e => console.error("CSP", e.violatedDirective, e.blockedURI))
"""


class Visit:
    """One person's window. `foreign` are requests that left the origin, `violations` those of the page's policy."""

    def __init__(self, browser: Browser, origin: str, language: str = "zh-CN", width: int = 1280) -> None:
        self.origin = origin
        self.foreign: list[str] = []
        self.violations: list[str] = []
        context = browser.new_context(
            base_url=origin, locale=language, viewport={"width": width, "height": 900}, timezone_id="Asia/Shanghai"
        )
        self.page: Page = context.new_page()
        self.page.add_init_script(_LISTEN)
        self.page.on("request", self._asked)
        self.page.on("console", self._told)

    def _asked(self, request: Request) -> None:
        if not request.url.startswith((self.origin, "data:")):
            self.foreign.append(request.url)

    def _told(self, message: ConsoleMessage) -> None:
        if "CSP" in message.text or "Content Security Policy" in message.text:
            self.violations.append(message.text)

    def sign_in(self, username: str, password: str) -> None:
        self.page.goto("/")
        self.page.fill("[name=login]", username)
        self.page.fill("[name=password]", password)
        self.page.press("[name=password]", "Enter")
        self.page.wait_for_url(f"{self.origin}/")

    def with_key(self) -> None:
        """From now on a security key is put in, and touched whenever it is asked for."""
        devtools = self.page.context.new_cdp_session(self.page)
        devtools.send("WebAuthn.enable")
        key = {"protocol": "ctap2", "transport": "usb", "isUserVerified": True, "automaticPresenceSimulation": True}
        devtools.send("WebAuthn.addVirtualAuthenticator", {"options": key})

    def look(self, name: str) -> None:
        """Keep a picture; the page must be clean, for people with and without eyes."""
        SHOTS.mkdir(parents=True, exist_ok=True)
        self.page.wait_for_load_state()
        self.page.screenshot(path=SHOTS / f"{name}.png", full_page=True)
        found = [*self.complaints(), *self.foreign, *self.violations]
        assert not found, "\n".join(found)

    def complaints(self) -> list[str]:
        """What axe finds serious, each with the element that it is about; targets are 24 px or stand apart.

        Without its preload: to look into imported stylesheets it would itself add styles that the policy refuses.
        """
        options = {"preload": False, "rules": {"target-size": {"enabled": True}}}
        found = Axe().run(self.page, options=options).response["violations"]
        return [
            f"{one['id']}: {node['html'][:200]}" for one in found if one["impact"] in SERIOUS for node in one["nodes"]
        ]

    def is_too_wide(self) -> bool:
        """Whether the page has to be pushed sideways."""
        return bool(self.page.evaluate("document.documentElement.scrollWidth > window.innerWidth"))

    def close(self) -> None:
        self.page.context.close()
