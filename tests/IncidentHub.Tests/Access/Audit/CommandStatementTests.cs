using System.Text.RegularExpressions;
using IncidentHub.Tests.Support;

namespace IncidentHub.Tests.Access.Audit;

/// <summary>
/// The statements of the commands of the API, each in its one write transaction. On SQL Server every statement is a round trip, and every
/// changed row is locked until the commit. TSqlRuleTests checks in the statements themselves that a change of a versioned row is guarded.
/// </summary>
[Collection(nameof(RecordedStory))]
public sealed partial class CommandStatementTests(RecordedStory recorded)
{
    /// <summary>
    /// The order in which rows of these tables are changed: the command's own aggregate, then the switch of its program and dependent rows,
    /// then consequences. New rows block nobody; a counter is a row that every command changes.
    /// </summary>
    private static readonly string[] LockOrder =
    [
        "ClaimMapping", "ExternalLogin", "RoleLoan", "Person", "RecoveryCode", "Authenticator", "Passkey", "Credential", "Session",
        "OneTimeToken", "ApiKey", "Collector", "KeyRecord", "Flag", "FlagMessage", "WorkTask",
        "Dataset", "DatasetItem", "DatasetLineage", "ProgramDataset", "Safeguard", "Program", "ProgramItem", "ProgramDeputy",
        "GateDispositionHead", "QuarantineCounter", "ViolationAlert", "QuarantinedBatch", "PauseStop",
        "TimelineEntry", "TimelineRevision", "Incident", "Exposure", "IncidentPerson", "IncidentPersonPeriod",
        "ProgramSwitch", "CollectorProgram", "Pause",
        "IncidentCycle", "LegalHold", "Evidence", "AccessReview", "AccessReviewAccount", "AccessReviewRun", "AccessReviewChunk",
        "FlagAttachment", "Obligation", "CalendarFeed", "IncidentStatement", "StatementVersion", "NoticeQuestion",
        "IncidentReview", "IncidentReviewCause", "IncidentCause",
        "IncidentProgram", "IncidentWord",
        "IncidentLink", "IncidentSeriesMember", "IncidentSeries",
        "PrivilegedNote", "PrivilegedReader",
        "Decision", "DecisionPause", "DecisionCriterion", "DecisionCondition", "DecisionStage", "DecisionApprover", "DecisionApproval",
        "DecisionOpinionRequest", "DecisionOpinion", "DecisionLog", "WorkTaskRevision",
        "IdempotencyRecord", "AuditEntry", "Counter", "AuditHead",
    ];

    private static readonly HashSet<string> OfOneProgram =
    [
        "CollectorProgram", "Pause",
        "Decision", "DecisionPause", "DecisionCriterion", "DecisionCondition", "DecisionStage", "DecisionApprover", "DecisionApproval",
    ];

    /// <summary>Statements that a command sends more than three times, with the permitted number.</summary>
    private static readonly Dictionary<string, int> Repeated = new()
    {
        // A row that has a copy of the text.
        ["Redact_TimelineEntry"] = 12,
        ["Redact_DecisionLog"] = 12,
        ["Redact_WorkTaskRevision"] = 6,
        ["Program_ById"] = 8,
        ["Switch_Raise"] = 4,
        ["Pause_OpenOfProgram"] = 5,
        ["ProgramEpoch_Insert"] = 4,
        ["Program_Version"] = 4,
    };

    /// <summary>How many round trips a command may take in its transaction: raising a number is a decision.</summary>
    private static readonly Dictionary<string, int> MostRoundTrips = new()
    {
        ["POST /api/v1/session, session.started"] = 6,
        ["POST /sign-in, session.started"] = 6,
        ["POST /account/passkeys, account.passkey-added"] = 7,
        ["POST /sign-in/passkey, session.started"] = 8,
        ["POST /sign-out, session.ended"] = 4,
        ["POST /api/v1/people, person.created"] = 9,
        ["POST /api/v1/people/{account}/lend, person.roles-lent"] = 9,
        ["POST /api/v1/people/{account}/end-loan, person.roles-returned"] = 8,
        ["POST /api/v1/people/{account}/reset, person.reset-link-made"] = 6,
        ["POST /reset, account.password-set"] = 9,
        ["POST /api/v1/people/{account}/end-sessions, person.sessions-ended"] = 5,
        ["POST /api/v1/people/{account}/remove-second-factor, person.second-factor-removed"] = 8,
        ["POST /api/v1/people/{account}/unlink, person.login-unlinked"] = 7,
        ["POST /api/v1/people/{account}/deactivate, person.deactivated"] = 10,
        ["POST /api/v1/people/{account}/reactivate, person.reactivated"] = 7,
        ["PATCH /api/v1/people/{account}, person.changed"] = 7,
        ["POST /sign-in/oidc/{provider}/back-channel-logout, session.ended"] = 7,
        ["PUT /api/v1/identity/mapping, identity.mapping-edited"] = 10,
        ["POST /api/v1/programs, program.registered"] = 10,
        ["PUT /api/v1/programs/{code}, program.edited"] = 12,
        ["POST /api/v1/programs/{code}/launch, program.launched"] = 21,
        ["POST /api/v1/programs/{code}/safeguards, safeguard.recorded"] = 9,
        ["POST /api/v1/programs/{code}/safeguards/{number:int}/verify, safeguard.verified"] = 10,
        ["PUT /api/v1/programs/{code}/safeguards/{number:int}/period, safeguard.period-set"] = 9,
        ["POST /api/v1/datasets, dataset.registered"] = 8,
        ["POST /api/v1/datasets/import, dataset.registered"] = 8,
        ["PUT /api/v1/datasets/{name}, dataset.edited"] = 11,
        ["PUT /api/v1/datasets/{name}/upstream/{upstream}, lineage.stated"] = 12,
        ["DELETE /api/v1/datasets/{name}/upstream/{upstream}, lineage.withdrawn"] = 12,
        ["PUT /api/v1/datasets/{name}/programs/{code}, feed.stated"] = 12,
        ["DELETE /api/v1/datasets/{name}/programs/{code}, feed.withdrawn"] = 12,
        ["POST /api/v1/lineage, lineage.stated"] = 7,
        ["POST /api/v1/keys, key.created"] = 8,
        ["POST /api/v1/collectors/register, collector.registered"] = 12,
        ["POST /api/v1/collectors/permits:renew"] = 2,
        ["POST /api/v1/gate/batches:check"] = 4,
        ["POST /api/v1/programs/{code}/pauses, pause.pause"] = 20,
        ["POST /api/v1/collectors/stops, stop.acknowledged"] = 16,
        ["POST /api/v1/gate/batches:check, gate.held"] = 20,
        ["POST /api/v1/programs/{code}/quarantined-batches/dispose, quarantined-data.sealed"] = 11,
        ["POST /api/v1/programs/{code}/violation/acknowledge, violation.acknowledged"] = 8,
        ["POST /api/v1/programs/{code}/switch/confirm, switch.confirmed"] = 15,
        ["POST /api/v1/pauses/{id:guid}/seal-buffers, pause.buffers-sealed"] = 12,
        ["POST /api/v1/decisions/{code}/criteria/{kind}/meet, decision.criterion-met"] = 14,
        ["POST /api/v1/decisions/{code}/criteria/{kind}/waive, decision.criterion-waived"] = 14,
        ["POST /api/v1/decisions/{code}/criteria/{kind}/reopen, decision.criterion-reopened"] = 14,
        ["POST /api/v1/decisions/{code}/placed-in-error, decision.placed-in-error"] = 14,
        ["POST /api/v1/decisions/{code}/not-placed-in-error, decision.placed-in-error-withdrawn"] = 14,
        ["POST /api/v1/decisions/{code}/propose, decision.proposed"] = 14,
        ["POST /api/v1/decisions/{code}/withdraw, decision.sent-back"] = 14,
        ["POST /api/v1/decisions/{code}/approve, decision.approved"] = 15,
        ["POST /api/v1/decisions/{code}/reject, decision.rejected"] = 15,
        ["POST /api/v1/decisions/{code}/opinions/request, decision.opinion-requested"] = 18,
        ["POST /api/v1/decisions/{code}/opinions/requests/{number:int}/withdraw, decision.opinion-request-withdrawn"] = 18,
        ["POST /api/v1/decisions/{code}/opinions, decision.opinion-given"] = 19,
        ["POST /api/v1/incidents, incident.declared"] = 25,
        ["POST /api/v1/pauses/{id:guid}/decline, pause.pause-declined"] = 9,
        ["POST /api/v1/pauses/{id:guid}/activate, pause.pause"] = 26,
        ["POST /api/v1/flags, flag.filed"] = 7,
        ["POST /api/v1/flags/{code}/acknowledge, flag.acknowledged"] = 7,
        ["POST /api/v1/flags/{code}/messages, flag.message"] = 9,
        ["POST /api/v1/flags/{code}/files, flag.attached"] = 11,
        // With a file, which becomes evidence.
        ["POST /api/v1/flags/{code}/merge, flag.merged"] = 17,
        ["POST /api/v1/flags/by-receipt/messages, flag.message"] = 9,
        ["POST /api/v1/flags/by-receipt/files, flag.attached"] = 11,
        ["POST /api/v1/flags/triage, flag.acknowledged"] = 7,
        ["POST /api/v1/flags/{code}/dismiss, flag.dismissed"] = 7,
        ["PATCH /api/v1/incidents/{code}, incident.details-changed"] = 11,
        ["POST /api/v1/incidents/{code}/sev, incident.sev-changed"] = 20,
        ["POST /api/v1/incidents/{code}/assessment, incident.severity-assessed"] = 10,
        ["POST /api/v1/incidents/{code}/programs, incident.program-linked"] = 26,
        ["PATCH /api/v1/incidents/{code}/programs/{program}, incident.program-changed"] = 19,
        ["POST /api/v1/incidents/{code}/programs/{program}/withdraw, incident.program-withdrawn"] = 19,
        ["POST /api/v1/incidents/{code}/exposures, incident.exposure-added"] = 23,
        ["POST /api/v1/incidents/{code}/suggestions/confirm, incident.exposure-added"] = 32,
        ["POST /api/v1/incidents/{code}/suggestions/set-aside, incident.links-set-aside"] = 16,
        ["PUT /api/v1/incidents/{code}/exposures/{id:guid}, incident.exposure-changed"] = 15,
        ["POST /api/v1/incidents/{code}/exposures/{id:guid}/withdraw, incident.exposure-withdrawn"] = 16,
        ["POST /api/v1/incidents/{code}/timestamps, incident.timestamp-corrected"] = 9,
        ["POST /api/v1/incidents/{code}/roles, incident.role-assigned"] = 10,
        ["DELETE /api/v1/incidents/{code}/roles/{role}/{account}, incident.role-released"] = 10,
        ["POST /api/v1/incidents/{code}/notes, timeline.note-written"] = 7,
        ["PUT /api/v1/incidents/{code}/notes/{id:guid}, timeline.note-revised"] = 9,
        ["POST /api/v1/incidents/{code}/timeline/{id:guid}/pin, timeline.pinned"] = 7,
        ["DELETE /api/v1/incidents/{code}/timeline/{id:guid}/pin, timeline.unpinned"] = 7,
        ["POST /api/v1/incidents/{code}/timeline/{id:guid}/redact, timeline.note-redacted"] = 31,
        ["POST /api/v1/incidents/{code}/redact, incident.redacted"] = 41,
        ["POST /api/v1/decisions/{code}/redact, decision.redacted"] = 52,
        ["POST /api/v1/flags/{code}/redact, flag.redacted"] = 24,
        ["POST /api/v1/evidence/{code}/redact, evidence.redacted"] = 30,
        ["POST /api/v1/tasks/{code}/redact, task.redacted"] = 33,
        ["POST /api/v1/statements/{code}/redact, statement.redacted"] = 27,
        ["POST /api/v1/incidents/{code}/updates, timeline.note-written"] = 9,
        ["PUT /api/v1/incidents/{code}/updates/{id:guid}, timeline.note-revised"] = 9,
        ["POST /api/v1/incidents/{code}/override-advice, incident.advice-overridden"] = 10,
        ["POST /api/v1/incidents/{code}/privileged-notes, privileged-note.written"] = 8,
        ["PUT /api/v1/incidents/{code}/privileged-notes/{id:guid}, privileged-note.revised"] = 8,
        ["POST /api/v1/incidents/{code}/privileged-readers, privileged-reader.named"] = 6,
        ["DELETE /api/v1/incidents/{code}/privileged-readers/{account}, privileged-reader.released"] = 6,
        ["POST /api/v1/incidents/{code}/legal-holds, legal-hold.placed"] = 9,
        ["POST /api/v1/incidents/{code}/legal-holds/{id:guid}/release, legal-hold.released"] = 9,
        ["POST /api/v1/incidents/{code}/evidence, evidence.added"] = 11,
        ["POST /api/v1/incidents/{code}/access-reviews, access-review.loaded"] = 20,
        ["POST /api/v1/access-reviews/{code}/cancel, access-review.cancelled"] = 5,
        ["POST /api/v1/access-reviews/{code}/resume, access-review.resumed"] = 5,
        ["POST /api/v1/access-reviews/{code}/sign-off, access-review.signed-off"] = 28,
        ["POST /api/v1/tasks, task.created"] = 11,
        ["PUT /api/v1/tasks/{code}, task.edited"] = 9,
        ["POST /api/v1/tasks/{code}/complete, task.done"] = 9,
        ["POST /api/v1/tasks/{code}/check, task.closed"] = 9,
        ["POST /api/v1/tasks/{code}/reopen, task.reopened"] = 9,
        ["POST /api/v1/tasks/{code}/cancel, task.cancelled"] = 9,
        ["POST /api/v1/incidents/{code}/contain, incident.contained"] = 10,
        ["POST /api/v1/incidents/{code}/resolve, incident.resolved"] = 10,
        ["POST /api/v1/incidents/{code}/close, incident.closed"] = 13,
        ["POST /api/v1/incidents/{code}/obligations, obligation.tracked"] = 15,
        ["POST /api/v1/obligations/{code}/trigger, obligation.triggered"] = 11,
        ["POST /api/v1/obligations/{code}/notices, obligation.notice-recorded"] = 10,
        ["POST /api/v1/obligations/{code}/delay, obligation.delayed"] = 9,
        ["POST /api/v1/obligations/{code}/end-delay, obligation.delay-ended"] = 9,
        ["POST /api/v1/obligations/{code}/not-required, obligation.not-required"] = 9,
        ["POST /api/v1/obligations/{code}/reopen, obligation.reopened"] = 12,
        ["PUT /api/v1/incidents/{code}/reviews, review.saved"] = 13,
        ["POST /api/v1/incidents/{code}/reviews/complete, review.completed"] = 10,
        ["POST /api/v1/incidents/{code}/reviews/reopen, review.reopened"] = 10,
        ["POST /api/v1/causes, cause.added"] = 5,
        ["PATCH /api/v1/causes/{id:guid}, cause.changed"] = 6,
        ["POST /api/v1/incidents/{code}/statements, statement.drafted"] = 12,
        ["PUT /api/v1/statements/{code}, statement.revised"] = 9,
        ["POST /api/v1/statements/{code}/publish, statement.published"] = 8,
        ["POST /api/v1/statements/{code}/withdraw, statement.withdrawn"] = 8,
        ["POST /api/v1/notices/{code}/questions, question.asked"] = 8,
        ["POST /api/v1/notices/{code}/questions/{id:guid}/answer, question.answered"] = 9,
        ["PUT /api/v1/regimes/{code}, regime.edited"] = 6,
        ["PUT /api/v1/holiday-calendars/{calendar}/{year:int}, holidays.edited"] = 6,
        ["POST /api/v1/calendar-feed, calendar-feed.made"] = 5,
        ["DELETE /api/v1/calendar-feed, calendar-feed.revoked"] = 4,
        ["POST /api/v1/incidents/{code}/reopen, incident.reopened"] = 32,
        ["POST /api/v1/incidents/{code}/related, incident.linked"] = 11,
        ["POST /api/v1/incidents/{code}/related/{other}/remove, incident.unlinked"] = 11,
        ["PUT /api/v1/incidents/{code}/series, incident.series-changed"] = 18,
        ["POST /api/v1/incidents/{code}/series/leave, incident.series-changed"] = 13,
        ["POST /api/v1/incidents/{code}/merge, incident.merged"] = 32,
        ["POST /api/v1/incidents/{code}/confidentiality, incident.confidentiality-changed"] = 23,
        ["POST /api/v1/incidents/{code}/break-glass, incident.break-glass"] = 8,
        ["PUT /api/v1/policy, policy.edited"] = 7,
        ["POST /api/v1/signing-keys/rotate, signing-key.rotated"] = 6,
        ["POST /api/v1/signing-keys/{kid}/withdraw, signing-key.withdrawn"] = 31,
        ["POST /api/v1/jobs/{id}/requeue, job.requeued"] = 3,
        ["POST /api/v1/collectors/{id:guid}/revoke, collector.revoked"] = 6,
        ["POST /api/v1/keys/{id:guid}/rotate, key.rotated"] = 8,
        ["POST /api/v1/keys/{id:guid}/revoke, key.revoked"] = 8,
        ["POST /api/v1/decisions/{code}/approve, pause.pause-lifted"] = 24,
    };

    private IEnumerable<RecordedStep> All => recorded.Steps.Concat(recorded.Further);

    [Fact]
    public void The_audit_log_is_written_last_and_once() => AssertNone(
        from step in All
        from sent in step.Transactions
        let names = sent.Select(s => s.Name).ToList()
        let at = names.IndexOf("Audit_TakeHead")
        where at >= 0 && !names.Skip(at).SequenceEqual(["Audit_TakeHead", "Audit_Insert", "Audit_SetHead"])
        select $"{step}: {string.Join(", ", names.Skip(at))}");

    [Fact]
    public void Rows_are_locked_in_one_order() => AssertNone(
        from step in All
        from sent in step.Transactions
        from fault in AgainstTheOrder(Locked(sent))
        select $"{step}: {fault}");

    [Fact]
    public void The_switches_of_several_programs_are_raised_in_the_order_of_their_ids() => AssertNone(
        from step in All
        from sent in step.Transactions
        let programs = sent.Where(s => s.Name == "Switch_Raise").Select(s => s.Args["ProgramId"]!).ToList()
        where !programs.SequenceEqual(programs.Order(StringComparer.Ordinal))
        select $"{step}: {string.Join(", ", programs)}");

    /// <summary>
    /// Two nodes read and conclude at the same moment: that a stop is proven, that it is the last one of an incident, that it is not. Each
    /// locks the pauses first, and reads after that.
    /// </summary>
    [Fact]
    public void Stops_are_read_for_a_conclusion_while_their_pause_is_locked()
    {
        var sent = All.SelectMany(s => s.Transactions).Select(t => t.Select(s => s.Name).ToList()).ToList();
        var (completed, taken) = (sent.Where(t => t.Contains("Pause_FullyStopped")).ToList(), sent.Where(IsTakenBack).ToList());
        Assert.NotEmpty(completed);
        Assert.NotEmpty(taken);
        AssertNone(
            from names in completed
            let until = names.Take(names.IndexOf("Pause_FullyStopped")).ToList()
            let locked = until.FindLastIndex(n => n is "Pause_Lock" or "Pause_LockOfIncident")
            where locked < 0 || until.LastIndexOf("PauseStop_AnyOpen") < locked || until.LastIndexOf("PauseStop_Counts") < locked
            select string.Join(", ", until));
        AssertNone(
            from names in taken
            let until = names.Take(names.IndexOf("PauseStop_Violated")).ToList()
            where !until.Contains("Pause_Lock")
            select string.Join(", ", until));
        var server = new IncidentHub.Platform.Database.Statements(IncidentHub.Platform.Database.Engine.SqlServer);
        Assert.Contains("WITH (UPDLOCK)", server.Get("Pause_Lock"));
        Assert.Contains("WITH (UPDLOCK)", server.Get("Pause_LockOfIncident"));

        static bool IsTakenBack(List<string> names) => names.Contains("PauseStop_Violated");
    }

    [Fact]
    public void A_command_takes_no_more_round_trips_than_permitted() => AssertNone(
        from step in All
        let most = MostRoundTrips.GetValueOrDefault(step.ToString())
        where step.Own.Count > most
        select $"{step}: {step.Own.Count} instead of {most}: {string.Join(", ", step.Own.Select(s => s.Name))}");

    [Fact]
    public void A_command_does_not_repeat_a_statement() => AssertNone(
        from step in All
        from same in step.Own.GroupBy(s => s.Name)
        where same.Count() > Repeated.GetValueOrDefault(same.Key, 3)
        select $"{step}: {same.Key} {same.Count()} times");

    [Fact]
    public void Every_command_with_a_round_trip_limit_was_sent()
    {
        Assert.Empty(MostRoundTrips.Keys.Except(All.Select(s => s.ToString())));
        Assert.Empty(LockOrder.Except(All.SelectMany(s => s.Transactions).SelectMany(Locked)));
    }

    [Fact]
    public void A_row_that_is_locked_too_late_is_found_except_where_the_switch_orders_the_locks()
    {
        Assert.Empty(AgainstTheOrder(["Incident", "ProgramSwitch", "Pause", "AuditHead"]));
        Assert.Equal(["Pause before ProgramSwitch"], AgainstTheOrder(["Pause", "ProgramSwitch"]));
        Assert.Equal(["Decision before Pause"], AgainstTheOrder(["Decision", "Pause"]));
        Assert.Empty(AgainstTheOrder(["ProgramSwitch", "Decision", "Pause"]));
        Assert.Equal(["Counter before Pause"], AgainstTheOrder(["ProgramSwitch", "Counter", "Pause"]));
        Assert.Equal(["Nothing has no place in the order"], AgainstTheOrder(["Nothing"]));
    }

    private static IEnumerable<string> AgainstTheOrder(IReadOnlyList<string> tables)
    {
        foreach (var table in tables.Except(LockOrder)) yield return $"{table} has no place in the order";
        var known = tables.Where(LockOrder.Contains).ToList();
        for (var i = 0; i < known.Count; i++)
        {
            // Other transactions cannot change rows of a program while its switch is locked.
            var alone = known.IndexOf("ProgramSwitch") is var at && at >= 0 && at < i && OfOneProgram.Contains(known[i]);
            foreach (var later in known.Skip(i + 1).Where(t => !(alone && OfOneProgram.Contains(t))))
            {
                if (Array.IndexOf(LockOrder, known[i]) > Array.IndexOf(LockOrder, later)) yield return $"{known[i]} before {later}";
            }
        }
    }

    /// <summary>The tables with changed rows, in the order of the first change.</summary>
    private static List<string> Locked(IReadOnlyList<RecordedStatement> sent) =>
        [.. sent.SelectMany(s => s.Text.Split(";\n")).Select(ChangedTable).OfType<string>().Distinct()];

    // T-SQL may refer to it by its alias.
    private static string? ChangedTable(string text) => Changed().Match(text) is not { Success: true } match ? null
        : match.Groups["table"].Value is var name && Regex.Match(text, $@"\bFROM\s+(\w+)\s+{name}\b") is { Success: true } from
            ? from.Groups[1].Value : name;

    [Theory]
    [InlineData("UPDATE Pause SET Cycle = 1 WHERE Id = @Id", "Pause")]
    [InlineData("UPDATE s SET AckAt = @Now\nFROM PauseStop s\nINNER JOIN Pause p ON p.Id = s.PauseId", "PauseStop")]
    [InlineData("IF NOT EXISTS (SELECT 1 FROM Counter) INSERT INTO Counter (Name) VALUES (@Name);\nUPDATE Counter SET LastValue = 1",
        "Counter")]
    [InlineData("-- Why.\nDELETE FROM PauseStop WHERE PauseId = @Id", "PauseStop")]
    [InlineData("INSERT INTO Counter (Name) VALUES (@Name) ON CONFLICT (Name) DO UPDATE SET LastValue = 1", "Counter")]
    [InlineData("INSERT INTO Pause (Id) VALUES (@Id)", null)]
    public void The_changed_table_is_parsed_from_the_statement(string text, string? table) =>
        Assert.Equal(table, ChangedTable(text));

    private static void AssertNone(IEnumerable<string> faults)
    {
        var all = faults.ToList();
        Assert.True(all.Count == 0, string.Join(Environment.NewLine, all));
    }

    // The next number of a counter is one insert on SQLite, and two statements on SQL Server.
    [GeneratedRegex(@"^\s*(?:--.*\n\s*)*(?:IF\b.*\n\s*)?(?:UPDATE|DELETE\s+FROM|INSERT\s+INTO(?=\s+Counter\b))\s+(?<table>\w+)")]
    private static partial Regex Changed();
}
