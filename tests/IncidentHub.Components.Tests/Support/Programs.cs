using IncidentHub.Switch.Pauses;
using IncidentHub.Catalog.Programs;
using IncidentHub.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace IncidentHub.Components.Tests.Support;

/// <summary>Programs for component tests, created by the sample accounts over the API.</summary>
internal static class Programs
{
    public static object Body(string code, string purpose = "Teach models how work is done.") => new
    {
        code,
        name = $"Program {code}",
        purpose,
        owner = "owner",
        deputies = new[] { "deputy" },
        unit = "Research",
        regions = new[] { "US", "GB" },
        categories = new[] { "keystrokes", "clicks" },
        lawfulBasis = "Legitimate interest",
        ttlSeconds = 60,
        gracePeriodSeconds = 2,
        renewalSeconds = 20,
    };

    /// <summary>A live program of the sample program owner.</summary>
    public static async Task LiveAsync(this TestHub hub, string code)
    {
        var owner = await hub.AsAsync("owner");
        await owner.MakeAsync("/api/v1/programs", Body(code));
        await owner.MakeAsync($"/api/v1/programs/{code}/launch");
    }

    /// <summary>The state of the switch, as parameters of the page's parts.</summary>
    public static async Task<SwitchView> SwitchAsync(this TestHub hub, string code)
    {
        var program = await hub.Db.ReadAsync(sql => hub.Services.GetRequiredService<ProgramReader>().FindByCodeAsync(sql, code));
        return await hub.Services.GetRequiredService<SwitchProjections>().NowAsync(program!.Id);
    }
}
