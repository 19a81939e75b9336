using Microsoft.Data.SqlClient;

namespace IncidentHub.Tests.Platform.Database;

public class SqlClientTests
{
    [Fact]
    public async Task Where_no_server_listens_the_connection_fails_as_one_to_a_server_does()
    {
        await using var connection = new SqlConnection("Server=127.0.0.1,1;Connect Timeout=1;User Id=sa;Password=none;Encrypt=False");
        await Assert.ThrowsAsync<SqlException>(() => connection.OpenAsync());
    }
}
