using IncidentHub.Tests.Support;

namespace IncidentHub.Tests.Access.Audit;

/// <summary>Every command of the API over HTTP, in one story.</summary>
[Collection(nameof(RecordedStory))]
public sealed class EveryCommandIsAuditedTests(RecordedStory recorded)
{
    /// <summary>Commands that leave no record, and why.</summary>
    private static readonly Dictionary<string, string> Silent = new()
    {
        ["POST /api/v1/collectors/challenge"] = "Signs a challenge; nothing is kept of it.",
        ["POST /api/v1/collectors/permits:renew"] = "A fleet renews thousands of permits a second; each is kept in a row of its own.",
        ["POST /api/v1/gate/batches:check"] = "A batch that may enter is kept with its admission; only what is held or refused is an act.",
        ["POST /ofrep/v1/evaluate/flags"] = "Reads; the protocol sends it as POST.",
        ["POST /ofrep/v1/evaluate/flags/{key}"] = "Reads; the protocol sends it as POST.",
        ["POST /api/v1/flags/by-receipt"] = "Reads; the receipt travels in the body, because addresses end up in logs.",
        ["POST /api/v1/notices/similar"] = "Reads; what somebody is about to flag travels in the body, because addresses end up in logs.",
        ["POST /api/v1/identity/mapping/preview"] = "Reads; what is not saved yet travels in the body.",
        ["POST /account/passkeys/options"] = "Makes a challenge; what comes of it is recorded when the device has answered.",
        ["POST /sign-in/passkey/options"] = "Makes a challenge; what comes of it is recorded when the device has answered.",
        ["POST /api/v1/incidents/{code}/access-reviews/preview"] = "Reads; how it is read travels in the body.",
        ["POST /sign-in/oidc/{provider}/start"] = "Leads to the provider; what comes of it is recorded when the person comes back.",
        ["POST /sign-in/oidc/{provider}/link"] = "Leads to the provider; what comes of it is recorded when the person comes back.",
    };

    [Fact]
    public void Every_command_of_the_API_is_a_step_of_the_story_and_every_step_is_a_command()
    {
        var (mapped, told) = (recorded.Story.Commands(), CommandSteps.All.Select(s => s.Route).ToHashSet());
        Assert.Empty(mapped.Except(told).Select(r => $"{r}: no step sends it"));
        Assert.Empty(told.Except(mapped).Select(r => $"{r}: there is no such route"));
        Assert.Equal(Silent.Keys.Order(), CommandSteps.All.Where(s => s.Act is null).Select(s => s.Route).Distinct().Order());
    }

    [Fact]
    public async Task Every_command_leaves_a_record_of_act_actor_subject_and_digest()
    {
        var faults = recorded.Steps.Select(s => (s, Fault: Fault(s.Step, s.Actor, s.Left))).Where(f => f.Fault is not null)
            .Select(f => $"{f.s.Step.Route}: {f.Fault}; left {string.Join(", ", f.s.Left)}").ToList();
        Assert.True(faults.Count == 0, string.Join(Environment.NewLine, faults));
        Assert.True((await recorded.Story.As("auditor").ReadAsync("/api/v1/audit/verification")).GetProperty("ok").GetBoolean());
    }

    private static string? Fault(CommandStep step, Guid actor, IReadOnlyList<AuditRecord> left)
    {
        if (step.Act is null) return left.Count == 0 ? null : "it is to leave no record";
        if (left.FirstOrDefault(r => r.Act == step.Act) is not { } own) return $"no record «{step.Act}»";
        if (own.ActorId != actor || own.ActorKind == "System") return $"«{step.Act}» names another actor than {step.By}";
        if (own.PayloadDigest is null) return $"«{step.Act}» has no digest of what was written";
        var poor = left.FirstOrDefault(r =>
            string.IsNullOrWhiteSpace(r.Subject) || string.IsNullOrWhiteSpace(r.Act) || string.IsNullOrEmpty(r.Hash));
        return poor is null ? null : $"«{poor.Act}» lacks act, subject or hash";
    }
}
