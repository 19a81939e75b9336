using IncidentHub.Domain;
using System.IO.Pipelines;
using System.Net;
using IncidentHub.Switch.Collectors;
using IncidentHub.Switch.Pauses;
using IncidentHub.Catalog.Programs;
using IncidentHub.Platform.Live;
using IncidentHub.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using IncidentHub.Switch.Protocol;

namespace IncidentHub.Tests.Switch.Collectors;

public sealed class SwitchEventTests : IAsyncLifetime
{
    private SwitchWorld _world = null!;
    private TestCollector _collector = null!;

    public async ValueTask InitializeAsync()
    {
        _world = await SwitchWorld.StartAsync();
        _collector = await _world.CollectorAsync("US");
    }

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task On_connecting_a_collector_receives_the_epoch_of_each_of_its_programs()
    {
        await _world.AddProgramAsync("OTHER");
        await _world.AddProgramAsync("FOREIGN");
        await _world.PauseAsync();
        var both = await _world.CollectorAsync("US", null, "MCI", "OTHER");
        using var events = await OpenAsync(both);
        var first = new[] { await events.NextAsync(), await events.NextAsync() }.ToDictionary(e =>
            e!.Value.GetProperty("program").GetString()!, e => e!.Value.GetProperty("epoch").GetInt64());
        Assert.Equal(["MCI", "OTHER"], first.Keys.Order());
        Assert.True(first["MCI"] > first["OTHER"]);
    }

    [Fact]
    public async Task The_stream_is_neither_cached_nor_buffered_by_a_proxy()
    {
        using var events = await OpenAsync(_collector);
        Assert.Equal("text/event-stream", events.Answer.Content.Headers.ContentType?.MediaType);
        Assert.True(events.Answer.Headers.CacheControl?.NoStore);
        Assert.Equal("no", events.Answer.Headers.GetValues("X-Accel-Buffering").Single());
    }

    [Fact]
    public async Task HEAD_ends_at_once()
    {
        using var client = _world.CreateClient();
        using var request = new HttpRequestMessage(HttpMethod.Head, "/api/v1/collectors/events");
        request.Headers.Authorization = new("Bearer", _collector.Secret);
        using var answer = await client.SendAsync(request).WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal((HttpStatusCode.OK, "text/event-stream"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
    }

    [Fact]
    public async Task A_pause_is_announced_with_its_epoch_and_voids_earlier_permits()
    {
        using var events = await OpenAsync(_collector);
        var before = (await events.NextAsync())!.Value.GetProperty("epoch").GetInt64();
        var epoch = (await _world.PauseAsync()).GetProperty("pause").GetProperty("epoch").GetInt64();
        var told = (await events.NextAsync())!.Value;
        Assert.Equal((before + 1, epoch, epoch), (epoch, told.GetProperty("epoch").GetInt64(), told.GetProperty("closedBelow").GetInt64()));
    }

    [Fact]
    public async Task A_change_that_only_widens_is_announced_and_voids_nothing()
    {
        var pause = (await _world.PauseAsync()).GetProperty("pause");
        using var events = await OpenAsync(_collector);
        var paused = (await events.NextAsync())!.Value;
        await _world.Hub.Db.WriteAsync<Done>(async tx =>
        {
            await _world.Hub.Services.GetRequiredService<PauseWriter>()
                .LiftAsync(tx, [pause.GetProperty("id").GetGuid()], OrderedId.Next(tx.Now), "Resume", TestHub.Actor("privacy"));
            return default(Done);
        });
        var lifted = (await events.NextAsync())!.Value;
        Assert.Equal(paused.GetProperty("epoch").GetInt64() + 1, lifted.GetProperty("epoch").GetInt64());
        Assert.Equal(paused.GetProperty("closedBelow").GetInt64(), lifted.GetProperty("closedBelow").GetInt64());
    }

    [Fact]
    public async Task A_revoked_collectors_stream_is_ended_and_cannot_be_opened_again()
    {
        using var events = await OpenAsync(_collector);
        await events.NextAsync();
        await _world.Owner.MakeAsync($"/api/v1/collectors/{_collector.Id}/revoke");
        Assert.Null(await events.NextAsync());
        using var again = await OpenAsync(_collector);
        Assert.Equal(HttpStatusCode.Unauthorized, again.Answer.StatusCode);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("ihc_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task Without_a_collectors_secret_there_is_no_stream(string? secret)
    {
        using var events = await EventReader.OpenAsync(_world.Hub.CreateClient(), secret);
        Assert.Equal(HttpStatusCode.Unauthorized, events.Answer.StatusCode);
    }

    [Fact]
    public async Task A_collector_has_one_stream_a_second_one_ends_the_first()
    {
        using var first = await OpenAsync(_collector);
        await first.NextAsync();
        using var second = await OpenAsync(_collector);
        await second.NextAsync();
        Assert.Null(await first.NextAsync());
        await _world.PauseAsync();
        Assert.NotNull(await second.NextAsync());
    }

    [Fact]
    public async Task A_switch_raised_by_another_process_on_the_same_database_is_noticed()
    {
        using var events = await OpenAsync(_collector);
        var before = (await events.NextAsync())!.Value.GetProperty("epoch").GetInt64();
        await OnAnotherNodeAsync("UPDATE ProgramSwitch SET Epoch = Epoch + 1");
        await Watch.LookAsync(default);
        Assert.Equal(before + 1, (await events.NextAsync())!.Value.GetProperty("epoch").GetInt64());
    }

    [Fact]
    public async Task A_refused_pause_announces_nothing()
    {
        using var events = await OpenAsync(_collector);
        await events.NextAsync();
        var (status, _) = await _world.Owner.PostAsync("/api/v1/programs/MCI/pauses", (object)new { reason = "" });
        Assert.Equal(HttpStatusCode.BadRequest, status);
        var epoch = (await _world.PauseAsync()).GetProperty("pause").GetProperty("epoch").GetInt64();
        Assert.Equal(epoch, (await events.NextAsync())!.Value.GetProperty("epoch").GetInt64());
    }

    [Fact]
    public async Task An_announcement_is_sent_before_the_response_of_the_command()
    {
        var told = false;
        _world.Hub.Services.GetRequiredService<CommitFeed>().Committed += _ => told = true;
        var done = await _world.Hub.Db.WriteAsync<Done>(tx =>
        {
            tx.Announce("something");
            Assert.False(told);
            return Task.FromResult<Result<Done>>(default(Done));
        });
        Assert.True(done.IsOk && told);
    }

    [Fact]
    public async Task Every_connection_gets_a_heartbeat()
    {
        var services = _world.Hub.Services;
        using var broadcaster = new SwitchBroadcaster(
            _world.Hub.Db,
                services.GetRequiredService<ProgramReader>(), new CommitFeed(), services.GetRequiredService<CollectorAuthentication>(),
            services.GetRequiredService<IHostApplicationLifetime>(), TimeSpan.FromMilliseconds(50));
        await broadcaster.StartAsync(default);
        var pipes = Enumerable.Range(0, 25).Select(_ => new Pipe()).ToList();
        using var left = new CancellationTokenSource();
        var serving =
            pipes.Select(p => broadcaster.ServeAsync(new EventStream(OrderedId.Next(_world.Hub.Clock.Now), [], p.Writer, () => { }),
            left.Token)).ToList();
        foreach (var pipe in pipes)
            Assert.Equal(":\n\n"u8.ToArray(), (await pipe.Reader.ReadAtLeastAsync(3)).Buffer.FirstSpan[..3].ToArray());
        await left.CancelAsync();
        await Task.WhenAll(serving);
        Assert.Equal(0, broadcaster.Connected);
    }

    [Fact]
    public void A_client_that_does_not_read_is_dropped_without_waiting()
    {
        var cut = false;
        var pipe = new Pipe(new PipeOptions(pauseWriterThreshold: 100, resumeWriterThreshold: 50));
        var stream = new EventStream(Guid.Empty, [], pipe.Writer, () => cut = true);
        var sixty = new byte[60];
        Assert.True(stream.TryWrite(sixty));
        Assert.True(stream.TryWrite(sixty)); // fills the buffer beyond its limit
        Assert.False(stream.TryWrite(sixty));
        stream.Cut();
        Assert.True(cut && stream.Ended.IsCompleted);
    }

    private EpochWatch Watch => _world.Hub.Services.GetRequiredService<EpochWatch>();

    private Task<EventReader> OpenAsync(TestCollector collector) => EventReader.OpenAsync(_world.Hub.CreateClient(), collector.Secret);

    private Task OnAnotherNodeAsync(string sql) => _world.Hub.Db.WriteAsync<Done>(async tx =>
    {
        await using var command = tx.Connection.CreateCommand();
        command.Transaction = tx.Transaction;
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
        return default(Done);
    });
}
