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
        if (details.OwnerId != Guid.Empty) check.Check(await people.IsActiveAsync(details.OwnerId), "owner", "There is no such active person.");
        foreach (var deputy in details.DeputyIds.Take(ProgramRules.MaxDeputies + 1)) check.Check(await people.IsActiveAsync(deputy), "deputies", "At least one of these is not an active person.");
        return check.ToRefusal();
    }

    public Task<Guid?> FindAsync(string? account) => people.IdOfAsync(account);
}
