using IncidentHub.Collector;

namespace IncidentHub.Demo.Fleet;

/// <summary>One sample collector: the real client library with its own key pair and generated items.</summary>
/// <param name="network">Shared by all sample collectors.</param>
internal sealed class SampleCollector(
    FleetPlan plan, FleetMember member, HttpMessageHandler network, Action<string> say, Action<string> log)
{
    // Longer than the delay of any acknowledgement.
    private static readonly TimeSpan HangingCallTimeout = TimeSpan.FromMinutes(15);

    private volatile SampleItemGenerator? _generator;

    /// <summary>The state of its gate; null while it hangs.</summary>
    public GateReason? Reason => _generator?.Reason;

    /// <summary>Records an item if the gate allows it.</summary>
    public void Step() => _generator?.Step();

    /// <summary>
    /// Collects until the process ends. One that hangs restarts from its key pair, without the state of the stop that it never
    /// acknowledged.
    /// </summary>
    public async Task RunAsync()
    {
        while (true)
        {
            var hangs = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            SampleItemGenerator? generator = null;
            await using var client = Client(() => generator!.Buffered(), hangs);
            client.Message += text => log($"{member.Name}: {text}");
            generator = _generator = new SampleItemGenerator(client.Gate(plan.Program));
            await client.StartAsync();
            await hangs.Task;
            _generator = null;
            say($"{member.Name} hangs: it acknowledges nothing, and starts again in {plan.HangFor.TotalSeconds:0} s");
            await Task.Delay(plan.HangFor);
        }
    }

    private CollectorClient Client(Func<BufferState> held, TaskCompletionSource hangs)
    {
        var options = new CollectorOptions
        {
            Hub = plan.Hub,
            Programs = [plan.Program],
            EnrolmentKey = member.EnrolmentKey,
            StateFolder = member.Folder,
            InstanceName = member.Name,
            HostPseudonym = member.Host,
            Version = member.Version,
            Buffer = _ => held(),
        };
        return member.Behaviour switch
        {
            SampleBehaviour.Slow => Late(options, ct =>
            {
                say($"{member.Name} has stopped, and acknowledges it {plan.AcknowledgeAfter.TotalSeconds:0} s late");
                return Task.Delay(plan.AcknowledgeAfter, ct);
            }),
            SampleBehaviour.Hangs => Late(options, ct =>
            {
                hangs.TrySetResult();
                return Task.Delay(Timeout.Infinite, ct);
            }),
            _ => new(options, network),
        };
    }

    private CollectorClient Late(CollectorOptions options, Func<CancellationToken, Task> hold) =>
        new(options with { CallTimeout = HangingCallTimeout }, new LateAcknowledgements(network, hold));
}
