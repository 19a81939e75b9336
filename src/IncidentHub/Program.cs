using System.Globalization;
using IncidentHub.Features.ApiKeys;
using IncidentHub.Features.Audit;
using IncidentHub.Features.Collectors;
using IncidentHub.Features.Decisions;
using IncidentHub.Features.Demo;
using IncidentHub.Features.Demo.Fleet;
using IncidentHub.Features.Pauses;
using IncidentHub.Features.Datasets;
using IncidentHub.Features.Flags;
using IncidentHub.Features.Gate;
using IncidentHub.Features.Programs;
using IncidentHub.Features.Dashboard;
using IncidentHub.Features.Home;
using IncidentHub.Features.Incidents;
using IncidentHub.Features.Jobs;
using IncidentHub.Features.LegalHolds;
using IncidentHub.Features.Ofrep;
using IncidentHub.Features.Policy;
using IncidentHub.Features.Tasks;
using IncidentHub.Platform;
using IncidentHub.Platform.Http;
using IncidentHub.Platform.Identity;
using IncidentHub.Platform.Keys;
using IncidentHub.Ui;

// Numbers and dates are written the same way on every host; what a viewer reads in their own way is the Ui's business.
// The words are English.
CultureInfo.CurrentCulture = CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
CultureInfo.CurrentUICulture = CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.GetCultureInfo("en");

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
builder.Services.AddUi();
builder.Services.AddHome();
builder.Services.AddDashboard();
builder.Services.AddPrograms();
builder.Services.AddSevPolicy();
builder.Services.AddPauses();
builder.Services.AddApiKeys();
builder.Services.AddCollectors(builder.Configuration);
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
app.MapDashboard();
app.MapPrograms();
app.MapPauses();
app.MapApiKeys();
app.MapCollectors();
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
