using System.Net;
using IncidentHub.Tests.Support;
using static IncidentHub.Tests.Support.ApiCalls;

namespace IncidentHub.Tests.Response.Incidents;

public sealed class DeclareBadInputTests(SharedIncidentScene shared) : IClassFixture<SharedIncidentScene>
{
    private readonly IncidentScene _scene = shared.Scene;

    public static TheoryData<string, string> BadInput() => new()
    {
        { "title", """{"sev":2,"programs":[{"program":"MCI"}]}""" },
        { "title", """{"title":"   ","sev":2,"programs":[{"program":"MCI"}]}""" },
        { "title", $$"""{"title":"{{new string('x', 201)}}","sev":2,"programs":[{"program":"MCI"}]}""" },
        { "title", """{"title":"a\u0000b","sev":2,"programs":[{"program":"MCI"}]}""" },
        { "title", """{"title":5,"sev":2,"programs":[{"program":"MCI"}]}""" },
        { "sev", """{"title":"x","programs":[{"program":"MCI"}]}""" },
        { "sev", """{"title":"x","sev":6,"programs":[{"program":"MCI"}]}""" },
        { "sev", """{"title":"x","sev":-1,"programs":[{"program":"MCI"}]}""" },
        { "sev", """{"title":"x","sev":"two","programs":[{"program":"MCI"}]}""" },
        { "programs", """{"title":"x","sev":2}""" },
        { "programs", """{"title":"x","sev":2,"programs":[null]}""" },
        { "programs", """{"title":"x","sev":2,"programs":[{"program":"MCI"},{"program":"MCI"}]}""" },
        { "programs[0].program", """{"title":"x","sev":2,"programs":[{"program":"NOPE"}]}""" },
        { "programs[0].program", """{"title":"x","sev":2,"programs":[{"program":"'; DROP TABLE Incident--"}]}""" },
        { "programs[0].kind", """{"title":"x","sev":2,"programs":[{"program":"MCI","kind":"Culprit"}]}""" },
        { "programs[0].kind", """{"title":"x","sev":2,"programs":[{"program":"MCI","kind":0}]}""" },
        { "programs[0].expectedVersion", """{"title":"x","sev":2,"programs":[{"program":"MCI","expectedVersion":1}]}""" },
        {
            "exposures[1].expectedVersion",
            """{"title":"x","sev":2,"exposures":[{"dataset":"names"},{"dataset":"transcriptions","expectedVersion":1}]}"""
        },
        { "exposures[0].dataset", """{"title":"x","sev":2,"exposures":[{"dataset":"nothing"}]}""" },
        { "exposures[0].records", """{"title":"x","sev":2,"exposures":[{"dataset":"transcriptions","records":-5}]}""" },
        { "exposures[0].evidence", """{"title":"x","sev":2,"exposures":[{"dataset":"transcriptions","evidence":"NoneFound"}]}""" },
        {
            "exposures[0].promisedAudience",
            """{"title":"x","sev":2,"exposures":[{"dataset":"transcriptions","promisedAudience":{"name":"x"}}]}"""
        },
        { "detected", """{"title":"x","sev":2,"programs":[{"program":"MCI"}],"detected":"2999-01-01T00:00:00Z"}""" },
        { "detected", """{"title":"x","sev":2,"programs":[{"program":"MCI"}],"detected":"yesterday"}""" },
        { "confidentiality", """{"title":"x","sev":2,"programs":[{"program":"MCI"}],"confidentiality":"Secret"}""" },
        { "body", "[]" },
        { "body", "" },
    };

    [Theory]
    [MemberData(nameof(BadInput))]
    public async Task Invalid_input_is_refused_at_its_field_and_nothing_is_stored(string field, string body)
    {
        AssertProblem(await _scene.Responder.PostAsync("/api/v1/incidents", body), HttpStatusCode.BadRequest, field);
        Assert.Equal(0, await CountAsync("Incident"));
        Assert.Equal(0, await CountAsync("Pause"));
    }

    private Task<int> CountAsync(string table) => _scene.Hub.CountAsync(table);
}
