using IncidentHub.Domain.Access;
using IncidentHub.Ui;
using IncidentHub.Ui.Kit;

namespace IncidentHub.Pages.Administration;

/// <summary>Roles to choose from; everybody is a reporter.</summary>
internal static class RoleChoices
{
    public static IReadOnlyList<Choice<Roles>> Own { get; } = [.. Enum.GetValues<Roles>()
        .Where(r => r is not (Roles.None or Roles.Reporter)).Select(r => new Choice<Roles>(r, RoleText.Of(r)))];

    public static IReadOnlyList<Choice<Roles>> Lent { get; } = [.. Own.Where(c => c.Value != Roles.Administrator)];

    public static Roles All(IEnumerable<Roles>? chosen) => (chosen ?? []).Aggregate(Roles.Reporter, (all, r) => all | r);

    public static IReadOnlyCollection<Roles> Of(Roles roles) => [.. Own.Select(c => c.Value).Where(r => roles.HasFlag(r))];
}
