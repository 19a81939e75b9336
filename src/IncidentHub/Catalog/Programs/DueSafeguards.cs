using IncidentHub.Domain.Access;
using IncidentHub.Domain.Programs;
using IncidentHub.Platform.Database;

namespace IncidentHub.Catalog.Programs;

/// <summary>A safeguard that its program's owner is reminded of.</summary>
internal sealed record DueSafeguard(string Program, string Text, DateTimeOffset DueAt, bool IsExpired);

/// <summary>Published query: the safeguards of a person's programs that are to be verified again.</summary>
/// <param name="Items">Those that are due first; what has expired is the earliest.</param>
/// <param name="Next">When the next one is added; null where there is none.</param>
internal sealed record DueSafeguards(IReadOnlyList<DueSafeguard> Items, DateTimeOffset? Next)
{
    // An owner has few programs, and a program at most fifty safeguards: the rule judges them, so that it is written once.
    public static async Task<DueSafeguards> OfAsync(ISql sql, Actor owner, DateTimeOffset now)
    {
        var all = await SafeguardStore.OfOwnerAsync(sql, owner.Id);
        var due = all.Where(s => s.State.IsDueSoon(now) || s.State.StatusAt(now) == EffectiveSafeguardStatus.Expired)
            .Select(s => new DueSafeguard(s.Program, s.State.Text, s.State.FreshUntil!.Value, !s.State.IsDueSoon(now)));
        return new([.. due.OrderBy(d => d.DueAt)], all.Select(s => s.State.RemindFrom).Where(at => at > now).Min());
    }
}
