using IncidentHub.Domain.Access;
using IncidentHub.Domain.Obligations;
using IncidentHub.Platform.Database;

namespace IncidentHub.Response.Obligations;

/// <summary>Changes of regimes and of calendars of public holidays.</summary>
internal sealed class RegimeCommands(Db db, ObligationCommands obligations)
{
    /// <summary>Adds a version of a regime, or a regime. Clocks that run keep the version that they were judged by.</summary>
    /// <param name="expectedVersion">The newest version that the actor saw.</param>
    public async Task<Result<RegimeVersion>> EditAsync(EditRegime edit, int? expectedVersion, Actor actor, CancellationToken ct = default)
    {
        if (AccessTable.Deny(actor, Act.EditRegimes) is { } denied) return denied;
        return await db.WriteAsync<RegimeVersion>(
            async tx =>
            {
                var code = Codes.Upper(edit.Next.Code);
                var newest = (await RegimeStore.VersionsAsync(tx, code)).LastOrDefault();
                var calendars = (await RegimeStore.CalendarsAsync(tx)).Select(c => c.Name).ToHashSet();
                if (newest is not null && ChangeNote.Of(newest.ChangedAt, newest.ChangedBy, newest.Reason)
                        .Stale($"The regime {code}", expectedVersion, newest.Regime.Version) is { } stale) return stale;
                var outcome = RegimeRules.Decide(newest?.Regime, edit, calendars, tx.Now);
                if (outcome.Refusal is { } refused) return refused;
                var (next, events) = outcome.Value;
                var reason = events.OfType<RegimeEdited>().Single().Reason;
                if (!await RegimeStore.InsertAsync(tx, next, reason, actor.Name)) throw new ConcurrencyConflictException("The regime");
                await tx.RecordAsync(actor, new()
                {
                    Action = "regime.edited",
                    Subject = $"regime {next.Code} version {next.Version}",
                    Detail = new { reason, next.EffectiveFrom, Definition = RegimeDefinition.Fill(new RegimeDefinition(), next) },
                    Topics = ["regimes"],
                });
                return new RegimeVersion(next, reason, tx.Now, actor.Name);
            },
            ct: ct);
    }

    /// <summary>Replaces the holidays of a year. Open obligations that count by this calendar get their new due time with it.</summary>
    public async Task<Result<IReadOnlyList<Holiday>>> EditHolidaysAsync(EditHolidays edit, Actor actor, CancellationToken ct = default)
    {
        if (AccessTable.Deny(actor, Act.EditRegimes) is { } denied) return denied;
        var days = HolidayRules.Check(edit);
        if (!days.IsOk) return days.Refusal!;
        return await db.WriteAsync<IReadOnlyList<Holiday>>(
            async tx =>
            {
                var calendar = Codes.Upper(edit.Calendar);
                var before = await RegimeStore.HolidaysAsync(tx, calendar);
                var ofYear = before.Where(h => h.Day.Year == edit.Year).ToList();
                if (ofYear.SequenceEqual(days.Value))
                    return Refusal.NotAllowed("nothing_changed", "Nothing differs from the calendar as it is.");
                await RegimeStore.ReplaceAsync(tx, calendar, ofYear, days.Value);
                await tx.RecordAsync(actor, new()
                {
                    Action = "holidays.edited",
                    Subject = $"calendar {calendar} {edit.Year}",
                    Detail = new { reason = edit.Reason.Clean(), Before = ofYear, After = days.Value },
                    Topics = ["regimes"],
                });
                await obligations.RecomputeAsync(tx, calendar);
                return days;
            },
            ct: ct);
    }
}
