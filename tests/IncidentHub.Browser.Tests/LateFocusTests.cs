namespace IncidentHub.Browser.Tests;

/// <summary>On a slow connection the hub moves the focus when the person has gone on: they are not taken away from there.</summary>
[Collection(nameof(SharedHubCollection))]
public sealed class LateFocusTests(SharedHub hub)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private readonly TaskCompletionSource _held = new(TaskCreationOptions.RunContinuationsAsynchronously),
        _answered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Action _release = () => { };
    private volatile bool _released;

    [Fact]
    public async Task Typing_on_a_page_that_has_just_opened_goes_into_one_field()
    {
        await using var visitor = await VisitAsync("responder", "focusHeading");
        await visitor.GoAsync("/incidents");
        await visitor.Page.GetByRole(AriaRole.Link, new() { Name = "Declare an incident" }).First.ClickAsync();
        await _held.Task.WaitAsync(Patience);
        var title = visitor.Named(AriaRole.Textbox, "Title");
        await title.ClickAsync();
        await TypeAcrossAsync(visitor, title);
        Assert.Empty(visitor.Complaints);
    }

    [Fact]
    public async Task Typing_in_a_dialog_that_has_just_opened_goes_into_one_field()
    {
        await using var visitor = await OpenFormAsync("focusFirst");
        await _held.Task.WaitAsync(Patience);
        var name = visitor.Dialog().GetByLabel("Name", new() { Exact = true });
        await name.ClickAsync();
        await TypeAcrossAsync(visitor, name);
        Assert.Empty(visitor.Complaints);
    }

    [Fact]
    public async Task Typing_after_a_form_was_refused_goes_into_one_field()
    {
        await using var visitor = await OpenFormAsync("focusRefused");
        await visitor.InDialogAsync();
        await visitor.KeyAsync("Control+Enter");
        await _held.Task.WaitAsync(Patience);
        await Assertions.Expect(visitor.Dialog().GetByRole(AriaRole.Alert).First).ToBeVisibleAsync();
        var name = visitor.Dialog().GetByLabel("Name", new() { Exact = true });
        await name.ClickAsync();
        await TypeAcrossAsync(visitor, name);
        Assert.Empty(visitor.Complaints);
    }

    [Fact]
    public async Task Who_waits_for_the_answer_is_at_the_refused_field()
    {
        await using var visitor = await OpenFormAsync("focusRefused");
        await visitor.InDialogAsync();
        // Twice, as impatient people do.
        await visitor.Dialog().GetByRole(AriaRole.Button, new() { Name = "Make account" }).DblClickAsync();
        await _held.Task.WaitAsync(Patience);
        _release();
        await Assertions.Expect(visitor.Dialog().GetByLabel("Account", new() { Exact = true })).ToBeFocusedAsync();
    }

    [Fact]
    public async Task Who_has_not_gone_on_is_at_the_heading()
    {
        await using var visitor = await VisitAsync("responder", "focusHeading");
        await visitor.GoAsync("/incidents");
        await visitor.Page.Locator("#side").GetByRole(AriaRole.Link, new() { Name = "Datasets" }).ClickAsync();
        await _held.Task.WaitAsync(Patience);
        _release();
        await Assertions.Expect(visitor.Page.GetByRole(AriaRole.Heading, new() { Name = "Datasets", Level = 1 })).ToBeFocusedAsync();
    }

    /// <summary>The form of an account, open in its dialog.</summary>
    private async Task<Visitor> OpenFormAsync(string held)
    {
        var visitor = await VisitAsync("administrator", held);
        await visitor.GoAsync("/people");
        await visitor.Button("Make an account…").ClickAsync();
        return visitor;
    }

    private async Task TypeAcrossAsync(Visitor visitor, ILocator field)
    {
        await visitor.TypeAsync("Typed before ");
        _release();
        await _answered.Task.WaitAsync(Patience);
        await visitor.TypeAsync("and after");
        await Assertions.Expect(field).ToHaveValueAsync("Typed before and after");
    }

    /// <summary>Messages of the hub to the page that contain the text wait until they are released.</summary>
    private async Task<Visitor> VisitAsync(string account, string text)
    {
        var visitor = await hub.AsAsync(account);
        await visitor.Page.RouteWebSocketAsync("**/_blazor**", page =>
        {
            var server = page.ConnectToServer();
            server.OnMessage(frame =>
            {
                if (!frame.Holds(text))
                {
                    page.Forward(frame);
                    return;
                }
                foreach (var message in frame.Messages())
                {
                    if (!message.Holds(text))
                    {
                        page.Send(message);
                        continue;
                    }
                    _release = () =>
                    {
                        _released = true;
                        page.Send(message);
                    };
                    _held.TrySetResult();
                }
            });
            page.OnMessage(frame =>
            {
                server.Forward(frame);
                if (_released && frame.Holds("EndInvokeJSFromDotNet")) _answered.TrySetResult();
            });
        });
        return visitor;
    }
}
