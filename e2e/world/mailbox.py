"""A mail server on 127.0.0.1 that keeps what it takes, for the stories. Python 3 and the package aiosmtpd.

The first line of its output is its port; then comes one line of JSON for each letter.
"""

import asyncio
import email
import email.policy
import json

from aiosmtpd.smtp import SMTP


class Mailbox:
    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("nobody@"):
            return "550 5.1.1 No such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        letter = email.message_from_bytes(envelope.original_content, policy=email.policy.default)
        told = {
            "to": envelope.rcpt_tos,
            "from": letter["from"],
            "subject": letter["subject"],
            "text": letter.get_body(("plain",)).get_content(),
            "files": {part.get_filename(): part.get_content() for part in letter.iter_attachments()},
        }
        print(json.dumps(told), flush=True)
        return "250 OK"


async def main() -> None:
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: SMTP(Mailbox(), hostname="mailbox", loop=loop), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


asyncio.run(main())
