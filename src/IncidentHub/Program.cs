using IncidentHub.Features.Decisions;
using IncidentHub.Platform;
using IncidentHub.Platform.Http;
using IncidentHub.Platform.Identity;
using IncidentHub.Platform.Keys;

var builder = WebApplication.CreateBuilder(args);
builder.AddPlatform();
builder.Services.AddDecisions();

var app = builder.Build();
app.UsePlatform();
app.MapHttp();
app.MapKeys();
app.MapIdentity();
app.Run();
