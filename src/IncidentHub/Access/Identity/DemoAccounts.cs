using System.Security.Cryptography;
using System.Text;
using IncidentHub.Domain.Access;
using IncidentHub.Platform.Database;

namespace IncidentHub.Access.Identity;

/// <summary>One account per role, and second ones where two people are needed. Development only; named by role.</summary>
internal static class DemoAccounts
{
    public static readonly IReadOnlyList<Person> All =
    [
        Make("employee", "Employee", "Flags concerns and follows them", Roles.Reporter),
        Make("responder", "Responder", "On duty: triages, declares, contains, pauses", Roles.Reporter | Roles.Responder),
        Make("responder-2", "Second responder", "Stands in for the responder, verifies fixes", Roles.Reporter | Roles.Responder),
        Make("owner", "Program owner", "Owns MCI and other programs, pauses them, answers proposals", Roles.Reporter | Roles.ProgramOwner),
        Make("deputy", "Deputy owner", "Stands in for the program owner", Roles.Reporter | Roles.ProgramOwner),
        Make("owner-2", "Second program owner", "Owns programs of another unit", Roles.Reporter | Roles.ProgramOwner),
        Make("privacy", "Privacy", "Assesses exposure, approves decisions", Roles.Reporter | Roles.Privacy),
        Make("counsel", "Counsel", "Advises, keeps privileged notes", Roles.Reporter | Roles.Counsel),
        Make("executive", "Executive", "Leadership: reads the dashboard, approves for the most severe incidents",
            Roles.Reporter | Roles.Executive),
        Make("administrator", "Administrator", "Edits the SEV policy, people and keys", Roles.Reporter | Roles.Administrator),
        Make("auditor", "Auditor", "Reads and verifies the audit log", Roles.Reporter | Roles.Auditor),
        Make("data-protection", "Data protection officer", "Reads decisions, gives opinions on them",
            Roles.Reporter | Roles.DataProtectionOfficer),
        Make("works-council", "Works council", "Reads decisions, gives opinions on them", Roles.Reporter | Roles.WorksCouncil),
    ];

    public static Person Find(string account) => All.First(p => p.Account == account);

    /// <summary>Writes the accounts; idempotent.</summary>
    public static Task LoadAsync(Db db, CancellationToken ct) => db.WriteAsync<Done>(
        async tx =>
        {
            var changed = new List<string>();
            foreach (var person in All)
            {
                if (await People.FindAsync(tx, person.Id) is { } found && IsSame(found, person)) continue;
                await People.SaveAsync(tx, person);
                changed.Add(person.Account);
            }
            if (changed.Count > 0)
                await tx.RecordAsync(Actor.System, new() { Action = "person.demo-accounts", Subject = "people", Detail = new { changed } });
            return default(Done);
        },
        ct: ct);

    private static bool IsSame(Person found, Person wanted) => (found.DisplayName, found.Description, found.Own, found.IsActive)
        == (wanted.DisplayName, wanted.Description, wanted.Own, wanted.IsActive);

    // The same id on every machine, so that the demo story is deterministic.
    private static Person Make(string account, string name, string description, Roles roles) =>
        new(new Guid(SHA256.HashData(Encoding.UTF8.GetBytes("demo account " + account)).AsSpan(0, 16)), account, name,
            description, roles, true);
}
