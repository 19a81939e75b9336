using IncidentHub.Domain;
using IncidentHub.Domain.Programs;
using IncidentHub.Platform.Identity;

namespace IncidentHub.Features.Programs;

/// <summary>Finds whom a request names, and refuses whom nobody knows.</summary>
internal sealed class ProgramPeople(People people)
{
    /// <summary>The refusal where the owner or a deputy is unknown or no longer active. An owner who is not named at all is the rules' business.</summary>
    public async Task<Refusal?> CheckAsync(ProgramDetails details)
    {
        var check = new Validation();
        if (details.OwnerId != Guid.Empty) check.Check(await IsActiveAsync(details.OwnerId), "owner", "There is no such active person.");
        foreach (var deputy in details.DeputyIds.Take(ProgramRules.MaxDeputies + 1)) check.Check(await IsActiveAsync(deputy), "deputies", "One of them is no active person.");
        return check.ToRefusal();
    }

    /// <summary>The person's id; empty where no account was named; null where nobody has it.</summary>
    public async Task<Guid?> FindAsync(string? account) =>
        string.IsNullOrWhiteSpace(account) ? Guid.Empty : account.Length > 200 ? null : (await people.FindByAccountAsync(account))?.Id;

    private async Task<bool> IsActiveAsync(Guid id) => await people.FindAsync(id) is { IsActive: true };
}
