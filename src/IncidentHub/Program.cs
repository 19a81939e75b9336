using System.Globalization;
using IncidentHub.Switch.ApiKeys;
using IncidentHub.Access.Audit;
using IncidentHub.Switch.Collectors;
using IncidentHub.Decisions;
using IncidentHub.Demo;
using IncidentHub.Demo.Fleet;
using IncidentHub.Switch.Pauses;
using IncidentHub.Catalog.Datasets;
using IncidentHub.Response.Flags;
using IncidentHub.Switch.Gate;
using IncidentHub.Catalog.Programs;
using IncidentHub.Insight.Dashboard;
using IncidentHub.Insight.Home;
using IncidentHub.Response.Incidents;
using IncidentHub.Access.Jobs;
using IncidentHub.Response.LegalHolds;
using IncidentHub.Switch.FeatureFlags;
using IncidentHub.Response.SevPolicies;
using IncidentHub.Response.Tasks;
using IncidentHub.Platform;
using IncidentHub.Platform.Http;
using IncidentHub.Access.Identity;
using IncidentHub.Platform.Keys;
using IncidentHub.Ui;
using IncidentHub.Pages;
using IncidentHub.Switch.KeyRotation;
using IncidentHub.Switch.Protocol;

// Numbers and dates are written the same way on every host; what a viewer reads in their own way is the Ui's business.
CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.InvariantCulture;
CultureInfo.DefaultThreadCurrentCulture = CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.InvariantCulture;

if (FleetCommand.IsAsked(args)) return await FleetCommand.RunAsync(Console.In, Console.Out, Console.Error);
var builder = WebApplication.CreateBuilder(new WebApplicationOptions
{
    // Settings are read once. A watch on the folder would be told of every write to a database that lies in it.
    Args = [.. args, "--hostBuilder:reloadConfigOnChange=false"],
    // A published hub has its files beside it, whatever folder it is started from.
    ContentRootPath = Directory.Exists(Path.Combine(AppContext.BaseDirectory, "wwwroot")) ? AppContext.BaseDirectory : null,
});
// A built one reads them where they are in the checkout: outside Development that must be asked for.
builder.WebHost.UseStaticWebAssets();
if (AuditCommand.IsAsked(args)) return await AuditCommand.RunAsync(args, builder.Configuration, Console.Out);

builder.AddPlatform();
builder.Services.AddAudit();
builder.Services.AddDecisions();
builder.Services.AddTasks();
builder.Services.AddIdentity();
builder.Services.AddUi();
builder.Services.AddPages();
builder.Services.AddHome();
builder.Services.AddDashboard();
builder.Services.AddPrograms();
builder.Services.AddSevPolicy();
builder.Services.AddPauses();
builder.Services.AddApiKeys();
builder.Services.AddCollectors();
builder.Services.AddProtocol(builder.Configuration);
builder.Services.AddKeyRotation();
builder.Services.AddOfrep();
builder.Services.AddGate();
builder.Services.AddIncidents();
builder.Services.AddLegalHolds();
builder.Services.AddDatasets();
builder.Services.AddFlags();
builder.Services.AddFailedJobs();
builder.AddDemo();

var app = builder.Build();
app.CheckWebRoot();
app.UsePlatform(beforeRoutes: a => a.UseMiddleware<FailedKeyMiddleware>());
app.MapHttp();
app.MapKeys();
app.MapIdentity();
app.MapUi();
app.MapPages();
app.MapDashboard();
app.MapPrograms();
app.MapPauses();
app.MapApiKeys();
app.MapProtocol();
app.MapKeyRotation();
app.MapOfrep();
app.MapGate();
app.MapAudit();
app.MapDecisions();
app.MapTasks();
app.MapSevPolicy();
app.MapIncidents();
app.MapLegalHolds();
app.MapDatasets();
app.MapFlags();
app.MapJobs();
app.Run();
return 0;
