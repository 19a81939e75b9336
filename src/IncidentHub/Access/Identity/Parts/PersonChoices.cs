using IncidentHub.Ui;
using IncidentHub.Ui.Kit;

namespace IncidentHub.Access.Identity.Parts;

/// <summary>People to hand something over to: whoever is on duty stands first, and is marked.</summary>
internal static class PersonChoices
{
    private const int Most = 25;

    /// <param name="text">The beginning of the account, or of a word of the name.</param>
    public static IEnumerable<Choice<string>> Find(IEnumerable<Person> people, string text, Viewer viewer) => people
        .Where(p => p.IsActive && p.BeginsWith(text)).OrderByDescending(p => p.IsOnDuty).Take(Most)
        .Select(p => new Choice<string>(p.Account,
            p.IsOnDuty ? $"{p.DisplayName} · on duty until {viewer.Short(p.LentUntil!.Value)}" : p.DisplayName));
}
