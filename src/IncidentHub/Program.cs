using IncidentHub.Platform;
using IncidentHub.Platform.Http;
using IncidentHub.Platform.Identity;
using IncidentHub.Platform.Keys;

var builder = WebApplication.CreateBuilder(args);
builder.AddPlatform();

var app = builder.Build();
app.UsePlatform();
app.MapHttp();
app.MapKeys();
app.MapIdentity();
app.Run();
