using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace IncidentHub.Tests.Access.Confidentiality;

/// <summary>
/// What a restricted incident may change for those who do not see it, removed from an answer before it is compared: that a program is
/// paused, with the public projection of the pause; that a safeguard is broken; and for owners, whose act it needs, that data is held, that
/// a pause is proposed, and the decision on which they are named as approvers.
/// </summary>
internal static partial class Declared
{
    private static readonly string[] Owners = ["owner", "deputy"];

    // Null in the projection is whatever is not listed.
    private static readonly string[] Projection =
        ["id", "program", "status", "whole", "categories", "regions", "activated", "epoch", "guaranteedAt", "fullyStoppedAt",
            "releasedShare", "ended", "rowsExpiredAt"];

    /// <summary>Whether the question is about a decision on which the reader may be named.</summary>
    public static bool Excepts(string question, string reader) => Names(reader) && question.Contains("decision")
        && (HiddenDecision().IsMatch(question) || question.Contains("limit=1"));

    public static void Apply(string question, string reader, JsonNode? answer)
    {
        if (answer is not JsonObject && answer is not JsonArray) return;
        Epochs(answer);
        if (Names(reader)) OfOwners(question, answer);
        var body = answer is JsonObject o && o["body"] is { } inner ? inner : answer;
        if (question.StartsWith("GET /api/v1/programs/", StringComparison.Ordinal) && question.Contains("/pauses")) Pauses(question, body);
        else if (question.StartsWith("GET /api/v1/programs", StringComparison.Ordinal)) Program(body);
        else if (question.StartsWith("GET /api/v1/dashboard", StringComparison.Ordinal)) Dashboard(body);
        else if (question.StartsWith("activity", StringComparison.Ordinal)) Activity(body.AsArray());
        else if (question.StartsWith("page of", StringComparison.Ordinal)) body.AsObject().Remove("states");
        else if (question == "home") body.AsObject().Remove("pauses");
        else if (question == "navigation") body.AsObject().Remove("paused");
    }

    // Executives approve from SEV 1 on.
    public static bool Names(string reader) => Owners.Contains(reader) || reader == "executive";

    private static void Epochs(JsonNode? node)
    {
        if (node is JsonArray array) foreach (var item in array) Epochs(item);
        if (node is not JsonObject o) return;
        foreach (var (name, value) in o.ToList())
        {
            if (name == "epoch" && value is not null) o[name] = "an epoch";
            else Epochs(value);
        }
    }

    private static void OfOwners(string question, JsonNode answer)
    {
        var body = answer is JsonObject o && o["body"] is JsonObject inner ? inner : answer as JsonObject;
        body?.Remove("legalHold");
        if (question == "navigation") foreach (var count in (string[])["needs", "approvals"]) body!.Remove(count);
        if (question == "home")
        {
            body!["inbox"]!.AsObject().Remove("count");
            Remove(body["inbox"]!["items"]!.AsArray(), i => HiddenDecision().IsMatch($"{i["href"]}") || $"{i["kind"]}" == "Pause proposed");
        }
        if (question.Contains("/decisions") && body?["items"] is JsonArray decisions)
            Remove(decisions, d => HiddenDecision().IsMatch($"{d["code"]}"));
    }

    private static void Remove(JsonArray items, Predicate<JsonNode> which)
    {
        foreach (var item in items.Where(i => which(i!)).ToList()) items.Remove(item);
    }

    [GeneratedRegex("D-[A-Z][A-Z0-9]{5}")]
    private static partial Regex HiddenDecision();

    private static void Pauses(string question, JsonNode body)
    {
        if (body["items"] is not JsonArray items) return;
        foreach (var pause in items.Where(p => p!["reason"] is null).ToList())
        {
            foreach (var (name, value) in pause!.AsObject())
                Assert.True(value is null || Projection.Contains(name) || (name == "deadline" && $"{pause["status"]}" == "Proposed"),
                    $"The public projection of a pause has «{name}»: {value}");
            foreach (var who in (string[])["activated", "ended"]) Assert.Null(pause[who]?["by"]);
            items.Remove(pause);
        }
        // A page of one is full with a projection.
        if (question.Contains("limit=1")) items.Clear();
        body.AsObject().Remove("nextCursor");
    }

    private static void Program(JsonNode body)
    {
        foreach (var program in (body["items"] as JsonArray ?? []).Where(p => p!["code"]?.ToString() == "MCI"))
            foreach (var count in (string[])["safeguardsBroken", "safeguardsVerified"]) program!.AsObject().Remove(count);
        if (body["code"]?.ToString() != "MCI" || body["safeguards"] is not JsonArray { Count: > 0 } safeguards) return;
        var broken = safeguards[0]!.AsObject();
        foreach (var name in (string[])["checkedAt", "checkedBy", "evidence", "freshUntil"])
            Assert.True(broken[name] is null, $"A safeguard that a hidden incident broke has «{name}»: {broken[name]}");
        Assert.False((bool)broken["brokenByIncident"]!);
        foreach (var name in (string[])["status", "version"]) broken.Remove(name);
    }

    private static void Dashboard(JsonNode body)
    {
        foreach (var list in (string[])["paused", "pausedTime"])
        {
            foreach (var paused in (body[list] as JsonArray ?? []).Where(p => Secret.Programs.Contains(p!["program"]?.ToString())).ToList())
                body[list]!.AsArray().Remove(paused);
        }
        foreach (var count in (string[])["safeguardsBroken", "safeguardsVerified", "safeguardsExpired"])
            (body as JsonObject)?.Remove(count);
    }

    private static void Activity(JsonArray entries)
    {
        foreach (var entry in entries
            .Where(e => e!["kind"]!.ToString() is "stopped" or "safeguard" or "pause" or "pause-lifted" or "quarantined").ToList())
        {
            var isProjection = entry!["by"]!.ToString() == "IncidentHub" && entry["body"] is null && entry["data"] is null;
            if (isProjection || entry["kind"]!.ToString() == "stopped") entries.Remove(entry);
        }
    }
}
