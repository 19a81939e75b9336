using IncidentHub.Domain.Access;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Journal;

namespace IncidentHub.Access.Identity;

/// <summary>Gives people the roles that the claims of their providers give, beside those that were granted by hand.</summary>
internal static class MappedPeople
{
    /// <returns>The person as they are now.</returns>
    public static async Task<Person> ApplyAsync(UnitOfWork tx, Person person, Roles mapped, string? department, Actor by)
    {
        department = department is null ? null : TextRules.Cut(department, 200);
        if (person.Mapped == mapped && person.Department == department) return person;
        var next = person with { Mapped = mapped, Department = department };
        await People.SaveMappedAsync(tx, next);
        await tx.RecordAsync(by, new JournalEntry
        {
            Action = "person.claims-applied",
            Subject = $"person {person.Account}",
            Detail = new { gained = mapped & ~person.Mapped, lost = person.Mapped & ~mapped, department },
            Topics = [SessionChanges.Topic(person.Id), "people"],
        });
        return (await People.FindAsync(tx, person.Id))!.At(tx.Now);
    }
}
