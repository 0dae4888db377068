"""Keeps the e-mails that AWS would send, in a file for people and tests to read."""

from ministack.services import sns

# In the folder of the account, which emulator.ts starts it in and deletes with it.
FILE = "mail.txt"


def write(address, subject, text):
    with open(FILE, "a", encoding="utf-8") as file:
        file.write(f"To: {address}\nSubject: {subject}\n\n{text}\n\n{'-' * 72}\n")


def apply():
    """Gap: MiniStack drops the messages of SNS to e-mail addresses."""
    fanout = sns._fanout

    def fanout_with_mail(topic_arn, message_id, message, subject, structure="", attributes=None, *rest, **others):
        topic = sns._topic_by_arn_any_scope(topic_arn) or {"subscriptions": []}
        for subscription in topic["subscriptions"]:
            if subscription.get("protocol") != "email" or not subscription.get("confirmed"):
                continue
            text = sns._resolve_message_for_protocol(message, structure, "email")
            if sns._matches_filter_policy(subscription, attributes or {}, text):
                write(subscription["endpoint"], subject or "AWS Notification Message", text)
        return fanout(topic_arn, message_id, message, subject, structure, attributes, *rest, **others)

    sns._fanout = fanout_with_mail
