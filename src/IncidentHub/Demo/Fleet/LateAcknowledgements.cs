namespace IncidentHub.Demo.Fleet;

/// <summary>
/// Delays a collector's acknowledgements, and with them its renewals, which wait for the response. Other requests are not delayed.
/// </summary>
internal sealed class LateAcknowledgements(HttpMessageHandler network, Func<CancellationToken, Task> hold) : DelegatingHandler(network)
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var isAcknowledgement = request.RequestUri?.AbsolutePath.EndsWith("/collectors/stops", StringComparison.Ordinal) == true;
        if (isAcknowledgement) await hold(cancellationToken);
        return await base.SendAsync(request, cancellationToken);
    }
}
