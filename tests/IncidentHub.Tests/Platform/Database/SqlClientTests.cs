using IncidentHub.Platform.Database;
using Microsoft.Data.SqlClient;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace IncidentHub.Tests.Platform.Database;

public class SqlClientTests
{
    [Fact]
    public async Task Without_a_server_the_connection_fails_with_a_SqlException()
    {
        await using var connection = new SqlConnection("Server=127.0.0.1,1;Connect Timeout=1;User Id=sa;Password=none;Encrypt=False");
        await Assert.ThrowsAsync<SqlException>(() => connection.OpenAsync());
    }

    [Fact]
    public void SQL_Server_needs_a_connection_string_and_the_refusal_names_the_key()
    {
        Assert.Contains("ConnectionStrings:IncidentHub", Assert.Throws<OptionsValidationException>(() => Read(null)).Message,
            StringComparison.Ordinal);
        Assert.Equal("Server=db", Read("Server=db").ConnectionString);

        static DatabaseOptions Read(string? connection)
        {
            var services = new ServiceCollection();
            services.AddDatabase(new ConfigurationBuilder().AddInMemoryCollection(
                [new("Database:Provider", "SqlServer"), new("ConnectionStrings:IncidentHub", connection)]).Build());
            return services.BuildServiceProvider().GetRequiredService<IOptions<DatabaseOptions>>().Value;
        }
    }
}
