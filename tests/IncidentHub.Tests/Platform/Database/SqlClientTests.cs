using Microsoft.Data.SqlClient;

namespace IncidentHub.Tests.Platform.Database;

public class SqlClientTests
{
    [Fact]
    public async Task Without_a_server_the_connection_fails_with_a_SqlException()
    {
        await using var connection = new SqlConnection("Server=127.0.0.1,1;Connect Timeout=1;User Id=sa;Password=none;Encrypt=False");
        await Assert.ThrowsAsync<SqlException>(() => connection.OpenAsync());
    }
}
