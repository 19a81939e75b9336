using System.Diagnostics;
using OpenTelemetry;

namespace IncidentHub.Platform.Telemetry;

/// <summary>
/// Leaves on a span the template of its route, and nothing that says which incident, who asked, or what for: paths hold codes, query
/// strings hold what somebody searched for.
/// </summary>
internal sealed class TraceScrubber : BaseProcessor<Activity>
{
    private static readonly string[] Personal =
        ["url.query", "url.full", "client.address", "client.port", "network.peer.address", "network.peer.port", "user_agent.original"];

    public override void OnEnd(Activity data)
    {
        foreach (var tag in Personal) data.SetTag(tag, null);
        // The message of an error can have a value: that of a duplicate key, an address.
        data.SetStatus(data.Status);
        if (data.GetTagItem("url.path") is not null) data.SetTag("url.path", data.GetTagItem("http.route"));
    }
}
