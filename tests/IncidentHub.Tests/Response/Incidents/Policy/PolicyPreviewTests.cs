using System.Text.Json;
using IncidentHub.Domain;
using IncidentHub.Domain.Incidents;
using IncidentHub.Response.Incidents;
using IncidentHub.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using IncidentHub.Domain.Severity;

namespace IncidentHub.Tests.Response.Incidents;

/// <summary>The preview of an act agrees with the effects of the act.</summary>
public sealed class PolicyPreviewTests : IAsyncLifetime
{
    private IncidentScene _scene = null!;

    public async ValueTask InitializeAsync() => _scene = await IncidentScene.CreateAsync();

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Fact]
    public async Task A_declaration_has_the_previewed_effects_on_its_programs()
    {
        var query = new PreviewDeclaration(
            Sev.Major, [("mci", Involvement.Source), ("TYP", Involvement.Suspected), ("NONE", Involvement.Source)], false);
        var shown = Ok(await Handler.HandleAsync(query, TestHub.Actor("responder")));
        Assert.Equal([("MCI", PlannedAct.Pause), ("TYP", PlannedAct.Propose)], shown.Plan.Programs.Select(p => (p.Code, p.Act)));
        Assert.Empty(await PausesAsync("MCI"));
        await _scene.Responder.MakeAsync("/api/v1/incidents", new
        {
            title = "Data readable",
            sev = 2,
            programs = new object[] { new { program = "MCI", kind = "Source" },
                new { program = "TYP", kind = "Suspected" } },
        });
        Assert.Equal("Active", Assert.Single(await PausesAsync("MCI")).Text("status"));
        var proposed = Assert.Single(await PausesAsync("TYP"));
        Assert.Equal(("Proposed", shown.Plan.Programs[1].Deadline),
            (proposed.Text("status"), proposed.GetProperty("deadline").GetDateTimeOffset()));
        Assert.Equal(["Owner Privacy", "Owner Privacy"], shown.Approvals.Select(a => string.Join(' ', a.Required.ToResume)));
    }

    [Fact]
    public async Task A_more_severe_level_has_the_previewed_effects_on_pauses_clocks_and_approvals()
    {
        var code = await _scene.DeclareAsync(3);
        var worse = await SevAsync(code, Sev.Critical);
        var step = Assert.Single(worse.Plan.Programs);
        var proposed = Assert.Single(await PausesAsync("MCI"));
        Assert.Equal((PlannedAct.Activate, proposed.GetProperty("id").GetGuid()), (step.Act, step.PauseId!.Value));
        await _scene.ActAsync(code, "sev", new { sev = 1, reason = "More was exposed" });
        Assert.Equal(("Active", proposed.Text("id")), (Assert.Single(await PausesAsync("MCI")).Text("status"), proposed.Text("id")));
        Assert.Equal(worse.Plan.Clocks.NextUpdateDue, (await _scene.ReadAsync(code)).GetProperty("clocks").GetProperty("nextUpdateDueAt")
            .GetDateTimeOffset());
        Assert.Equal([Approver.Owner, Approver.Privacy, Approver.Executive], worse.Approvals.Single().Required.ToResume);

        var milder = await SevAsync(code, Sev.Minor);
        Assert.Equal(PlannedAct.KeepActive, Assert.Single(milder.Plan.Programs).Act);
        var approval = Assert.Single(milder.Approvals);
        Assert.Equal((3, 0), (approval.Required.ToResume.Count, approval.AddedToResume.Count));
    }

    [Fact]
    public async Task The_preview_of_a_link_or_its_withdrawal_names_the_program()
    {
        var code = await _scene.DeclareAsync(3);
        var link = Ok(await Handler.HandleAsync(new PreviewLink(code, "TYP", Involvement.Suspected), TestHub.Actor("responder")));
        Assert.Equal([("MCI", PlannedAct.KeepProposed), ("TYP", PlannedAct.Propose)], link.Plan.Programs.Select(p => (p.Code, p.Act))
            .Order());
        var withdrawal = Ok(await Handler.HandleAsync(new PreviewLink(code, "MCI", null), TestHub.Actor("responder")));
        Assert.Equal(PlannedAct.Withdraw, Assert.Single(withdrawal.Plan.Programs).Act);
    }

    [Fact]
    public async Task The_preview_of_an_exposure_shows_the_effects_on_linked_programs()
    {
        var code = await _scene.DeclareAsync(2);
        var shown = Ok(await Handler.HandleAsync(new PreviewExposure(code, "transcriptions"), TestHub.Actor("responder")));
        Assert.Equal((PlannedAct.KeepActive, true), (Assert.Single(shown.Plan.Programs).Act, shown.Plan.StopsStagedResumes));
        Assert.Equal(
            RefusalKind.NotFound, (await Handler.HandleAsync(new PreviewExposure(code, "none"), TestHub.Actor("responder"))).Refusal!.Kind);
    }

    [Fact]
    public async Task The_preview_of_reopening_shows_that_the_pause_counts_for_the_new_cycle()
    {
        var code = await _scene.DeclareAsync(2);
        await _scene.ActAsync(code, "contain", new { });
        var shown = Ok(await Handler.HandleAsync(new PreviewReopening(code), TestHub.Actor("responder")));
        var step = Assert.Single(shown.Plan.Programs);
        Assert.Equal((PlannedAct.KeepActive, true, 2), (step.Act, step.Reasserts, shown.Plan.Cause.Cycle));
    }

    [Fact]
    public async Task A_preview_needs_the_permission_for_the_act()
    {
        var code = await _scene.DeclareAsync(2);
        Assert.Equal(
            RefusalKind.Forbidden, (await Handler.HandleAsync(new PreviewSev(code, Sev.Critical), TestHub.Actor("auditor"))).Refusal!.Kind);
        Assert.Equal(
            RefusalKind.NotFound,
            (await Handler.HandleAsync(new PreviewSev("INC-999", Sev.Critical), TestHub.Actor("responder"))).Refusal!.Kind);
        Assert.Equal(
            RefusalKind.Forbidden,
            (await Handler.HandleAsync(new PreviewDeclaration(Sev.Major, [], false), TestHub.Actor("auditor"))).Refusal!.Kind);
    }

    private PolicyPreviewHandler Handler => _scene.Hub.Services.GetRequiredService<PolicyPreviewHandler>();

    private async Task<PolicyPreview> SevAsync(string code, Sev to) =>
        Ok(await Handler.HandleAsync(new PreviewSev(code, to), TestHub.Actor("responder")));

    private async Task<IReadOnlyList<JsonElement>> PausesAsync(string program) =>
        [.. (await _scene.Responder.ReadAsync($"/api/v1/programs/{program}/pauses")).GetProperty("items").EnumerateArray()];

    private static PolicyPreview Ok(Result<PolicyPreview> result)
    {
        Assert.True(result.IsOk, result.Refusal?.Message);
        return result.Value;
    }
}
