using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using IncidentHub.Catalog.Programs;
using IncidentHub.Domain.Access;
using IncidentHub.Insight.Home;
using IncidentHub.Pages.Shell;
using IncidentHub.Platform.Journal;
using IncidentHub.Response.Incidents;
using IncidentHub.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace IncidentHub.Tests.Access.Confidentiality;

/// <summary>What pages query in process, beside what the API answers as well.</summary>
internal static class PageQuestions
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter() },
        ReferenceHandler = ReferenceHandler.IgnoreCycles,
    };

    public static IEnumerable<Question> All()
    {
        yield return Of("home", (s, actor) => s.GetRequiredService<HomeQueries>().LoadAsync(actor));
        yield return Of("navigation", (s, actor) => s.GetRequiredService<HomeQueries>().CountsAsync(actor));
        foreach (var program in (string[])["MCI", "TWO", "OTHER"])
            yield return new($"activity of {program}", async (w, account) => ToJson(await ActivityAsync(w, account, program)));
        foreach (var incident in (string[])["INC-1", "INC-3"])
        {
            yield return Of($"page of {incident}", async (s, actor) =>
            {
                var page = await s.GetRequiredService<GetIncidentPageHandler>().HandleAsync(new(incident), actor);
                return page.IsOk ? page.Value : null;
            });
        }
        foreach (var text in (string[])["zirconium", "names", "transcriptions", "m", "inc-"])
        {
            yield return new($"palette «{text}»", async (w, account) => ToJson((await Task.WhenAll(
                w.Hub.Services.GetServices<IPaletteSource>().Select(s => s.FindAsync(text, TestHub.Actor(account), default))))
                .SelectMany(found => found)));
        }
    }

    private static Question Of<T>(string name, Func<IServiceProvider, Actor, Task<T>> ask) =>
        new(name, async (w, account) => ToJson(await ask(w.Hub.Services, TestHub.Actor(account))));

    private static JsonNode? ToJson<T>(T answer) => JsonSerializer.SerializeToNode(answer, Json);

    private static async Task<IReadOnlyList<TimelineEntryView>> ActivityAsync(World world, string account, string program)
    {
        var (services, actor) = (world.Hub.Services, TestHub.Actor(account));
        if (!AccessTable.Allows(actor, Act.ReadPrograms)) return [];
        return (await world.Hub.Db.ReadAsync(async sql =>
        {
            var found = await services.GetRequiredService<ProgramReader>().FindByCodeAsync(sql, program);
            return await services.GetRequiredService<TimelineReader>().OfProgramAsync(sql, found!.Id, new([], Limit: 250), actor);
        })).Value.Items;
    }
}
