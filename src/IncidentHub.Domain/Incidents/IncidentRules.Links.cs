using IncidentHub.Domain.Datasets;

namespace IncidentHub.Domain.Incidents;

/// <summary>What was exposed, and which programs are involved. A link is never deleted: it is withdrawn, with a reason.</summary>
public static partial class IncidentRules
{
    private static Result<Accepted<IncidentState>> AddExposure(IncidentState state, IncidentCommand.AddExposure c, DateTimeOffset now)
    {
        if (NotOpen(state) is { } closed) return closed;
        var check = new Validation()
            .Check(!state.Exposures.Any(e => e.IsActive && e.DatasetId == c.Exposure.DatasetId), "dataset",
                $"{c.Exposure.DatasetName} is linked already. Change that exposure instead.")
            .Check(state.Exposures.Count < MaxLinks, "dataset", $"At most {MaxLinks} exposures.");
        CheckExposure(check, c.Exposure, now);
        if (check.ToRefusal() is { } refusal) return refusal;
        var exposure = WithPastTimes(c.Exposure, now);
        return Outcome.Accept(state with { Exposures = [.. state.Exposures, exposure] }, new ExposureAdded(exposure));
    }

    private static Result<Accepted<IncidentState>> ChangeExposure(IncidentState state, IncidentCommand.ChangeExposure c, DateTimeOffset now)
    {
        if (NotOpen(state) is { } closed) return closed;
        if (Find(state, c.Exposure.Id) is not { } before) return Refusal.NotFound("The exposure");
        var check = new Validation();
        CheckExposure(check, c.Exposure, now, evidenceBefore: before.Evidence);
        check.Check(c.Exposure.Evidence != EvidenceOfAccess.NoneFound || !IsWider(c.Exposure, before), "evidence",
            "The access review covers a shorter time. Choose «Under review», and review the longer one.");
        if (check.ToRefusal() is { } refusal) return refusal;
        var after = WithPastTimes(c.Exposure, now)
            with
        { DatasetId = before.DatasetId, DatasetName = before.DatasetName, WithdrawnReason = null };
        if (Same(before, after)) return Outcome.Accept(state);
        return Outcome.Accept(Replace(state, after), new ExposureChanged(before, after));
    }

    private static bool IsWider(Exposure after, Exposure before) =>
        (before.From is { } from && (after.From is null || after.From < from))
        || (before.Until is { } until && (after.Until is null || after.Until > until));

    // The only way to «None found»: the review's own rules were asked before.
    private static Result<Accepted<IncidentState>> ConcludeAccess(IncidentState state, IncidentCommand.ConcludeAccess c)
    {
        if (NotOpen(state) is { } closed) return closed;
        if (state.Exposures.FirstOrDefault(e => e.IsActive && e.DatasetId == c.DatasetId) is not { } before)
            return Refusal.NotFound("The exposure");
        if (before.Evidence == c.Evidence) return Outcome.Accept(state);
        var after = before with { Evidence = c.Evidence };
        return Outcome.Accept(Replace(state, after), new ExposureChanged(before, after));
    }

    private static Result<Accepted<IncidentState>> WithdrawExposure(IncidentState state, IncidentCommand.WithdrawExposure c)
    {
        if (new Validation().Text(c.Reason, "reason", MaxReason).ToRefusal() is { } refusal) return refusal;
        if (NotOpen(state) is { } closed) return closed;
        if (Find(state, c.ExposureId) is not { } exposure) return Refusal.NotFound("The exposure");
        return Outcome.Accept(Replace(state, exposure with { WithdrawnReason = c.Reason.Clean() }),
            new ExposureWithdrawn(exposure, c.Reason.Clean()));
    }

    private static Result<Accepted<IncidentState>> AddInvolvement(IncidentState state, IncidentCommand.AddInvolvement c)
    {
        if (NotOpen(state) is { } closed) return closed;
        var check = new Validation()
            .Check(Enum.IsDefined(c.Involvement.Kind), "kind", "Source, Suspected or Downstream.")
            .Check(!state.Involvements.Any(i => i.IsActive && i.ProgramId == c.Involvement.ProgramId), "program",
                $"{c.Involvement.ProgramCode} is linked already. Change that link instead.")
            .Check(state.Involvements.Count < MaxLinks, "program", $"At most {MaxLinks} programs.")
            .Text(c.Involvement.Note, "note", MaxReason, required: false);
        if (check.ToRefusal() is { } refusal) return refusal;
        // Linking again after a withdrawal makes a new link; the timeline keeps both.
        var others = state.Involvements.Where(i => i.ProgramId != c.Involvement.ProgramId);
        return Outcome.Accept(state with { Involvements = [.. others, c.Involvement] }, new InvolvementAdded(c.Involvement));
    }

    private static Result<Accepted<IncidentState>> ChangeInvolvement(IncidentState state, IncidentCommand.ChangeInvolvement c)
    {
        var check = new Validation().Text(c.Reason, "reason", MaxReason)
            .Check(Enum.IsDefined(c.Kind), "kind", "Source, Suspected or Downstream.");
        if (check.ToRefusal() is { } refusal) return refusal;
        if (NotOpen(state) is { } closed) return closed;
        if (state.Involvements.FirstOrDefault(i => i.IsActive && i.ProgramId == c.ProgramId) is not { } before)
            return Refusal.NotFound("The program's link");
        if (before.Kind == c.Kind)
            return Refusal.Invalid("kind", $"{before.ProgramCode} is {c.Kind.ToString().ToLowerInvariant()} already.");
        return Outcome.Accept(
            Replace(state, before with { Kind = c.Kind }),
            new InvolvementChanged(before.ProgramCode, before.Kind, c.Kind, c.Reason.Clean()));
    }

    private static Result<Accepted<IncidentState>> WithdrawInvolvement(IncidentState state, IncidentCommand.WithdrawInvolvement c)
    {
        if (new Validation().Text(c.Reason, "reason", MaxReason).ToRefusal() is { } refusal) return refusal;
        if (NotOpen(state) is { } closed) return closed;
        if (state.Involvements.FirstOrDefault(i => i.IsActive && i.ProgramId == c.ProgramId) is not { } before)
            return Refusal.NotFound("The program's link");
        return Outcome.Accept(
            Replace(state, before with { WithdrawnReason = c.Reason.Clean() }),
            new InvolvementWithdrawn(before.ProgramCode, before.Kind, c.Reason.Clean()));
    }

    private static void CheckExposure(Validation check, Exposure e, DateTimeOffset now, string at = "",
        EvidenceOfAccess? evidenceBefore = null)
    {
        check.Check(Enum.IsDefined(e.Evidence), $"{at}evidence", "Choose one of the values.")
            .Check(e.Evidence != EvidenceOfAccess.NoneFound || evidenceBefore == EvidenceOfAccess.NoneFound, $"{at}evidence",
                "«None found» requires a signed-off access review.")
            .Check(Enum.IsDefined(e.Encrypted), $"{at}encrypted", "Yes, No or Unknown.")
            .Check(Enum.IsDefined(e.RecipientsKnown), $"{at}recipientsKnown", "Yes, No or Unknown.")
            .Check(e.Records is null or (>= 0 and <= DatasetRules.MaxCount), $"{at}records", DatasetRules.CountText)
            .Check(e.Subjects is null or (>= 0 and <= DatasetRules.MaxCount), $"{at}subjects", DatasetRules.CountText)
            .Check(e.From is null || e.Until is null || e.From <= e.Until, $"{at}until", "Must not be before the start of the exposure.")
            .Check(e.Categories.Count <= 40, $"{at}categories", "At most 40 categories.")
            .Text(e.Note, $"{at}note", MaxReason, required: false)
            .Line(e.Promised?.Name, $"{at}promisedAudience.name", DatasetRules.MaxAudience, required: false)
            .Line(e.Actual?.Name, $"{at}actualAudience.name", DatasetRules.MaxAudience, required: false);
        check.Past(e.From, $"{at}from", now).Past(e.Until, $"{at}until", now);
    }

    private static Exposure WithPastTimes(Exposure e, DateTimeOffset now) =>
        e with { From = PastTime.Of(e.From, now), Until = PastTime.Of(e.Until, now) };

    private static Exposure? Find(IncidentState state, Guid id) => state.Exposures.FirstOrDefault(e => e.IsActive && e.Id == id);

    private static IncidentState Replace(IncidentState state, Exposure exposure) =>
        state with { Exposures = [.. state.Exposures.Select(e => e.Id == exposure.Id ? exposure : e)] };

    private static IncidentState Replace(IncidentState state, ProgramInvolvement involvement) =>
        state with { Involvements = [.. state.Involvements.Select(i => i.ProgramId == involvement.ProgramId ? involvement : i)] };

    private static bool Same(Exposure a, Exposure b) => a == b with { Categories = a.Categories }
        && a.Categories.SequenceEqual(b.Categories);
}
