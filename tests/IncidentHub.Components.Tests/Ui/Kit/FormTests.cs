using IncidentHub.Domain;
using IncidentHub.Ui.Kit;
using Microsoft.AspNetCore.Components;
using Microsoft.Data.Sqlite;

namespace IncidentHub.Components.Tests.Ui.Kit;

public class FormTests : ComponentTest
{
    private readonly TaskCompletionSource _answer = new();
    private int _sent;
    private string? _title;
    private long? _records;
    private Refusal? _refusal;

    [Fact]
    public async Task A_form_is_sent_once_while_its_response_is_awaited()
    {
        var form = ShowForm();
        var clicks = Enumerable.Range(0, 6).Select(_ => form.Find("form").SubmitAsync()).ToList();
        _answer.SetResult();
        await Task.WhenAll(clicks);
        Assert.Equal(1, _sent);
    }

    [Fact]
    public async Task A_refused_form_can_be_sent_again()
    {
        var form = ShowForm();
        _answer.SetResult();
        await form.Find("form").SubmitAsync();
        Assert.Equal("1", form.Find("form").GetAttribute("data-turn"));
        await form.Find("form").SubmitAsync();
        Assert.Equal(2, _sent);
    }

    [Fact]
    public async Task A_form_with_an_unreadable_field_is_not_sent()
    {
        var form = ShowForm();
        form.Act(() => form.Field("Records").Change("1.000"));
        await form.Find("form").SubmitAsync();
        Assert.Equal(0, _sent);
        Assert.Contains("Nothing was sent", form.Find("[role=alert]").TextContent);
        Assert.Equal("1.000", form.Field("Records").GetAttribute("value"));
    }

    [Fact]
    public void A_refusal_is_shown_at_its_field_and_errors_of_no_field_are_shown_above()
    {
        _refusal = new Validation().Check(false, "title", "Give it a title.").Check(false, "elsewhere", "Something that has no field here.")
            .ToRefusal();
        var form = ShowForm();
        Assert.Equal("Give it a title.", form.Error("Title"));
        Assert.Null(form.Error("Records"));
        Assert.Contains("Something that has no field here.", form.Find("[role=alert]").TextContent);
        Assert.DoesNotContain("Give it a title.", form.Find("[role=alert]").TextContent);
    }

    [Fact]
    public void A_stale_write_offers_to_load_the_change()
    {
        _refusal = Refusal.Stale("INC-12 was changed by Responder: SEV 2 to SEV 1.");
        var form = ShowForm();
        Assert.Contains("What you typed is kept.", form.Find("[role=alert]").TextContent);
        Assert.True(form.Offers("Load the change"));
    }

    [Fact]
    public async Task A_write_that_the_disk_does_not_take_is_a_refusal_of_the_form_which_stays_with_its_draft()
    {
        var form = ShowForm("draft");
        form.Act(() => form.Field("Title").Change("Readable by all"));
        _answer.SetException(new SqliteException("database or disk is full", 13));
        await form.Find("form").SubmitAsync();
        Assert.Contains("The hub's disk is full. Nothing was changed.", form.Find("[role=alert]").TextContent);
        Assert.Equal(("Readable by all", "1"), (_title, form.Find("form").GetAttribute("data-turn")));
        Assert.Empty(JSInterop.Invocations["hub.dropDraft"]);
    }

    [Fact]
    public void A_draft_fills_every_field_that_it_contains()
    {
        JSInterop.Setup<Dictionary<string, string>?>("hub.kept", "draft")
            .SetResult(new() { ["title"] = "Readable by all", ["records"] = "12", ["gone"] = "x" });
        var form = ShowForm("draft");
        form.WaitForAssertion(() => Assert.Equal(("Readable by all", 12), (_title, _records)));
    }

    [Fact]
    public async Task A_draft_is_deleted_when_the_form_was_accepted_and_kept_when_it_was_refused()
    {
        var form = ShowForm("draft");
        _answer.SetResult();
        await form.Find("form").SubmitAsync();
        Assert.Single(JSInterop.Invocations["hub.dropDraft"]);
    }

    [Fact]
    public void The_first_refused_field_gets_the_focus()
    {
        _refusal = Refusal.Invalid("title", "Give it a title.");
        var form = ShowForm();
        Assert.Equal(form.Find("form").Id, JSInterop.Invocations["hub.focusRefused"].Single().Arguments[0]);
    }

    private IRenderedComponent<IComponent> ShowForm(string? draft = null) => Show<Form>(
        ("Refusal", _refusal), ("DraftKey", draft), ("OnSubmit", EventCallback.Factory.Create(this, SendAsync)),
            ("ChildContent", (RenderFragment)(builder =>
        {
            builder.OpenComponent<TextField>(0);
            builder.AddMultipleAttributes(1, new Dictionary<string, object>
            {
                ["Label"] = "Title",
                ["Name"] = "title",
                ["ValueChanged"] = EventCallback.Factory.Create<string?>(this, v => _title = v),
            });
            builder.CloseComponent();
            builder.OpenComponent<NumberField>(2);
            builder.AddMultipleAttributes(3, new Dictionary<string, object>
            {
                ["Label"] = "Records",
                ["Name"] = "records",
                ["ValueChanged"] = EventCallback.Factory.Create<long?>(this, v => _records = v),
            });
            builder.CloseComponent();
        })));

    private async Task SendAsync()
    {
        _sent++;
        await _answer.Task;
    }
}
