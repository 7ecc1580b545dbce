"""The losses of formats that are written and never read."""

from taskschema.convert.format import Loss

__all__ = ["WRITE_ONLY_LOSSES"]

WRITE_ONLY_LOSSES = {
    "": Loss("a task without instances", lambda task: not task["instances"]),
    "/$schema": Loss("the address of the schema"),
    "/definition/+": Loss("paraphrases of the definition"),
    **{
        f"/{key}": Loss(what)
        for key, what in {
            "aliases": "earlier names",
            "revision": "the revision",
            "summary": "the summary",
            "description": "the description",
            "answer_format": "what answers look like",
            "metrics": "metrics",
            "categories": "categories",
            "domains": "domains",
            "reasoning": "kinds of reasoning",
            "languages": "languages",
            "contributors": "contributors",
            "evaluation": "which instances are for evaluations",
            "attachments": "attachments",
            "positive_demonstrations": "positive demonstrations",
            "negative_demonstrations": "negative demonstrations",
            "extras": "extras of the task",
        }.items()
    },
    "/instances/*/answer": Loss("the structure of answers"),
    "/instances/*/context": Loss("earlier turns"),
    "/instances/*/attachments": Loss("attachments of instances"),
    "/instances/*/source_id": Loss("ids in the source"),
    "/instances/*/extras": Loss("extras of instances"),
}
