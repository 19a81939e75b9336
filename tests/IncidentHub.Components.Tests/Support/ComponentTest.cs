using IncidentHub.Domain.Access;
using IncidentHub.Tests.Support;
using IncidentHub.Ui;
using IncidentHub.Ui.Kit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;
using MudBlazor.Services;

namespace IncidentHub.Components.Tests.Support;

/// <summary>
/// Components with the services of a real hub and its own database, without a browser; only the services of a circuit are created here.
/// </summary>
public abstract class ComponentTest : BunitContext
{
    private TestHub? _hub;
    private IServiceScope? _scope;

    // A machine that builds or tests something else at the same time needs longer than bUnit's second.
    static ComponentTest() => DefaultWaitTimeout = TimeSpan.FromSeconds(30);

    protected ComponentTest()
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddMudServices();
        Services.AddScoped<Viewer>();
        Services.AddScoped<Toasts>();
        Services.AddSingleton<TimeProvider>(_ => Hub.Clock);
    }

    /// <summary>Started on first use: tests of single controls need no hub.</summary>
    private protected TestHub Hub => _hub ??= new TestHub();

    /// <summary>Pages and dialogs: with the hub's services, as a sample account.</summary>
    private protected IRenderedComponent<IComponent> RenderAs<T>(string account, params (string Name, object? Value)[] parameters) where T
        : IComponent
    {
        // A circuit has its own scope.
        _scope = Hub.Services.CreateScope();
        Services.AddFallbackServiceProvider(_scope.ServiceProvider);
        return Show<T>(TestHub.Actor(account), parameters);
    }

    /// <summary>
    /// Waits until a page shows a change by somebody else. It loads it in its turn, by the clock, which goes on meanwhile.
    /// </summary>
    private protected async Task ReceivesAsync(IRenderedComponent<IComponent> page, Func<bool> isShown)
    {
        for (var tries = 0; ; tries++)
        {
            Hub.Clock.Advance(TimeSpan.FromSeconds(1));
            var shown = false;
            page.Act(() => shown = isShown());
            if (shown) return;
            Assert.True(tries < 1_000, page.Markup);
            await Task.Delay(20);
        }
    }

    /// <summary>A control, or a dialog without services of the hub, with the providers that MudBlazor's pop-ups need.</summary>
    private protected IRenderedComponent<IComponent> Show<T>(params (string Name, object? Value)[] parameters) where T : IComponent =>
        Show<T>(null, parameters);

    private IRenderedComponent<IComponent> Show<T>(Actor? actor, (string Name, object? Value)[] parameters) where T
        : IComponent => Render(builder =>
    {
        builder.OpenComponent<CascadingValue<Actor>>(0);
        builder.AddAttribute(1, "Value", actor);
        builder.AddAttribute(2, "ChildContent", (RenderFragment)(inner =>
        {
            inner.OpenComponent<MudPopoverProvider>(0);
            inner.CloseComponent();
            inner.OpenComponent<MudDialogProvider>(1);
            inner.CloseComponent();
            inner.OpenComponent<T>(2);
            inner.AddMultipleAttributes(3, parameters.ToDictionary(p => p.Name, p => p.Value!));
            inner.CloseComponent();
        }));
        builder.CloseComponent();
    });

    protected override async ValueTask DisposeAsyncCore()
    {
        await base.DisposeAsyncCore();
        _scope?.Dispose();
        if (_hub is not null) await _hub.DisposeAsync();
    }
}
