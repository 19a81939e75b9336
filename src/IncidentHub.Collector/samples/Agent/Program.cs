using System.Globalization;
using System.Runtime.InteropServices;
using IncidentHub.Collector;
using IncidentHub.Collector.Agent;

AgentOptions options;
try
{
    options = AgentOptions.Parse(args);
}
catch (FormatException e)
{
    Console.Error.WriteLine($"{e.Message}\n\n{AgentOptions.Usage}");
    return 2;
}

Directory.CreateDirectory(options.Out);
var recorders = new Dictionary<string, Recorder>();
await using var client = new CollectorClient(new CollectorOptions
{
    Hub = options.Hub,
    Programs = options.Programs,
    EnrolmentKey = options.Key,
    StateFolder = options.State,
    InstanceName = options.Name,
    HostPseudonym = options.Host,
    Version = "sample 0.1",
    Buffer = program => recorders[program].Buffered(),
});
foreach (var program in options.Programs) recorders[program] = new Recorder(client.Gate(program), options, Say);
client.Message += text => Say("· " + text);
client.Stopped += notice => recorders[notice.Program].Stop(notice.Buffer);

using var end = new CancellationTokenSource();
using var term = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
Say($"agent {options.Name} for {string.Join(", ", options.Programs)} at {options.Hub}");
await client.StartAsync();

using var beat = new PeriodicTimer(TimeSpan.FromSeconds(1 / options.EventsPerSecond));
try
{
    while (await beat.WaitForNextTickAsync(end.Token))
    {
        foreach (var recorder in recorders.Values) recorder.Step();
    }
}
catch (OperationCanceledException)
{
    Say("agent ends");
}
return 0;

void Stop(PosixSignalContext context)
{
    context.Cancel = true;
    end.Cancel();
}

static void Say(string text)
{
    Console.WriteLine($"{TimeProvider.System.GetLocalNow().ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture)} {text}");
    Console.Out.Flush();
}
