"""Gap: AWS::S3::Bucket of MiniStack 1.5.33 ignores encryption, lifecycle, logging, ownership, object lock,
and tags.

Each property becomes the body of the S3 request that sets it, like the properties that MiniStack supports.
"""

from xml.etree.ElementTree import Element, SubElement, tostring

from ministack.core.responses import new_uuid
from ministack.services import s3
from ministack.services.cloudformation import provisioners


def xml(root_name, content):
    """A request body. A list repeats its element, and None omits it."""
    root = Element(root_name, xmlns=s3.S3_NS)
    fill(root, content)
    return tostring(root, encoding="utf-8")


def fill(parent, content):
    for name, value in content.items():
        for item in value if isinstance(value, list) else [value]:
            if item is None:
                continue
            child = SubElement(parent, name)
            if isinstance(item, dict):
                fill(child, item)
            else:
                child.text = str(item).lower() if isinstance(item, bool) else str(item)


def encryption(props):
    return xml("ServerSideEncryptionConfiguration", {"Rule": [
        {"ApplyServerSideEncryptionByDefault": rule.get("ServerSideEncryptionByDefault"),
         "BucketKeyEnabled": rule.get("BucketKeyEnabled")}
        for rule in props["ServerSideEncryptionConfiguration"]]})


def ownership(props):
    return xml("OwnershipControls", {"Rule": props["Rules"]})


def logging(props):
    target = props.get("DestinationBucketName")
    # Without a target, the bucket logs to itself, and the request names no bucket.
    enabled = {"TargetBucket": target, "TargetPrefix": props.get("LogFilePrefix") or ""}
    return xml("BucketLoggingStatus", {"LoggingEnabled": enabled})


def lifecycle(props):
    return xml("LifecycleConfiguration", {"Rule": [lifecycle_rule(rule) for rule in props["Rules"]]})


def lifecycle_rule(rule):
    tags = [{"Key": tag["Key"], "Value": tag["Value"]} for tag in rule.get("TagFilters") or []]
    noncurrent = rule.get("NoncurrentVersionExpiration") or {
        "NoncurrentDays": rule.get("NoncurrentVersionExpirationInDays")}
    conditions = {
        "Prefix": rule.get("Prefix"),
        "Tag": tags,
        "ObjectSizeGreaterThan": rule.get("ObjectSizeGreaterThan"),
        "ObjectSizeLessThan": rule.get("ObjectSizeLessThan"),
    }
    several = sum(bool(value) for value in conditions.values()) + max(len(tags) - 1, 0) > 1
    expiration = {
        "Days": rule.get("ExpirationInDays"),
        "Date": rule.get("ExpirationDate"),
        "ExpiredObjectDeleteMarker": rule.get("ExpiredObjectDeleteMarker"),
    }
    transitions = rule.get("Transitions") or []
    noncurrent_transitions = rule.get("NoncurrentVersionTransitions") or []
    return {
        # S3 names a rule that has no ID.
        "ID": rule.get("Id") or new_uuid(),
        "Status": rule["Status"],
        "Filter": {"And": conditions} if several else conditions,
        "Expiration": given(expiration),
        "NoncurrentVersionExpiration": given(noncurrent),
        "Transition": [
            {"Days": t.get("TransitionInDays"), "Date": t.get("TransitionDate"), "StorageClass": t["StorageClass"]}
            for t in transitions],
        "NoncurrentVersionTransition": [
            {"NoncurrentDays": t.get("TransitionInDays"),
             "NewerNoncurrentVersions": t.get("NewerNoncurrentVersions"),
             "StorageClass": t["StorageClass"]}
            for t in noncurrent_transitions],
        "AbortIncompleteMultipartUpload": rule.get("AbortIncompleteMultipartUpload"),
    }


def given(content):
    """The content, or None if all of it is absent."""
    return content if any(value is not None for value in content.values()) else None


def object_lock(props):
    return xml("ObjectLockConfiguration", {
        "ObjectLockEnabled": props.get("ObjectLockEnabled") or "Enabled",
        "Rule": props.get("Rule"),
    })


def tags(tag_list):
    return xml("Tagging", {"TagSet": {"Tag": [{"Key": t["Key"], "Value": t["Value"]} for t in tag_list]}})


def apply():
    # Gap: new MiniStack buckets can be public. Since April 2023, those of S3 cannot.
    blocked = {"_public_access_block": s3._NEW_BUCKET_PUBLIC_ACCESS_BLOCK}
    s3._new_bucket_public_access_block = lambda: dict(blocked)

    def no_logging(bucket):
        s3._bucket_logging_config.pop(bucket, None)

    def keep_lock(_bucket):
        """Object lock cannot be removed from a bucket."""

    provisioners._S3_BUCKET_CONFIGURATIONS += (
        ("BucketEncryption", encryption, s3._put_bucket_encryption, s3._delete_bucket_encryption),
        ("OwnershipControls", ownership, s3._put_bucket_ownership_controls, s3._delete_bucket_ownership_controls),
        ("LoggingConfiguration", logging, s3._put_bucket_logging, no_logging),
        ("LifecycleConfiguration", lifecycle, s3._put_bucket_lifecycle, s3._delete_bucket_lifecycle),
        ("ObjectLockConfiguration", object_lock, s3._put_object_lock_configuration, keep_lock),
        ("Tags", tags, s3._put_bucket_tagging, s3._delete_bucket_tagging),
    )
