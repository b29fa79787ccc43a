"""A mail server for the tests: aiosmtpd, told by its arguments what to be like. It says on standard output, one line of JSON each, where it
listens and what mail it took, read by Python's own reader of mail."""

import argparse
import asyncio
import base64
import email
import email.policy
import json
import os
import ssl
import sys

from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword


def say(what):
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


def part(message, kind):
    body = message.get_body((kind,))
    return None if body is None else body.get_content().replace("\r\n", "\n")


class Handler:
    def __init__(self, asked):
        self.asked = asked

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("refused"):
            return f"550 5.1.1 <{address}>: no such user here"
        if address.startswith("later"):
            return f"450 4.2.0 <{address}>: come again"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(self, server, session, envelope):
        raw = envelope.original_content
        read = email.message_from_bytes(raw, policy=email.policy.default)
        say({
            "from": envelope.mail_from,
            "to": envelope.rcpt_tos,
            "raw": base64.b64encode(raw).decode(),
            "peer": session.peer[1],
            "encrypted": session.ssl is not None or self.asked.smtps,
            "login": session.auth_data.login.decode() if session.authenticated else None,
            "id": str(read["Message-ID"]),
            "subject": str(read["Subject"]),
            "sender": str(read["From"]),
            "references": str(read["References"]) if read["References"] else None,
            "headers": [name for name, _ in read.items()],
            "parts": [part.get_content_type() for part in read.walk()],
            "text": part(read, "plain"),
            "html": part(read, "html"),
            "defects": [str(defect) for part in read.walk() for defect in part.defects],
        })
        if self.asked.after_data == "die":
            os._exit(3)
        if self.asked.after_data == "hang":
            await asyncio.Event().wait()
        if self.asked.after_data == "refuse":
            return f"554 5.7.1 \"{read['Subject']}\" is not wanted"
        return "250 2.0.0 OK queued as 4F2A"




def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--certificate")
    parser.add_argument("--key")
    parser.add_argument("--starttls", action="store_true")
    parser.add_argument("--smtps", action="store_true")
    parser.add_argument("--login")
    parser.add_argument("--after-data", choices=["answer", "die", "hang", "refuse"], default="answer")
    asked = parser.parse_args()

    context = None
    if asked.starttls or asked.smtps:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(asked.certificate, asked.key)

    def authenticator(server, session, envelope, mechanism, data):
        if not isinstance(data, LoginPassword):
            return AuthResult(success=False, handled=False)
        given = f"{data.login.decode()}:{data.password.decode()}"
        return AuthResult(success=given == asked.login, handled=False, auth_data=data)

    def protocol():
        return SMTP(
            Handler(asked),
            hostname="mail.test",
            tls_context=context if asked.starttls else None,
            require_starttls=asked.starttls,
            auth_required=asked.login is not None,
            auth_require_tls=False,
            authenticator=authenticator if asked.login is not None else None,
        )

    async def serve():
        loop = asyncio.get_running_loop()
        server = await loop.create_server(
            protocol, asked.host, asked.port, ssl=context if asked.smtps else None, backlog=100
        )
        say({"port": server.sockets[0].getsockname()[1]})
        await server.serve_forever()

    asyncio.run(serve())


main()
