using Parley.Journal.Postgres;
using Parley.Journal.Tests.Support;

namespace Parley.Journal.Tests.Postgres;

public sealed class PasswordTests
{
    [Theory]
    [InlineData("Password=secret")]
    [InlineData("SSL Password=secret")]
    public void A_password_in_the_connection_string_is_refused(string setting) =>
        Assert.Throws<ArgumentException>(() => ParleyDatabase.Settings($"Host=db;{setting}", _ => null));

    [Fact]
    public void The_password_comes_from_a_variable_or_from_the_first_line_of_a_file()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "password");
        File.WriteAllText(file, "from the file\n");
        Assert.Equal("given", ParleyDatabase.Settings("Host=db", name => name == ParleyDatabase.PasswordVariable ? "given" : file).Password);
        Assert.Equal("from the file", ParleyDatabase.Settings("Host=db", name => name == ParleyDatabase.PasswordFileVariable ? file : null).Password);
        Assert.Null(ParleyDatabase.Settings("Host=db", _ => null).Password); // PGPASSWORD, PGPASSFILE and ~/.pgpass are the driver's to read
    }

    [Fact]
    public void What_the_operator_sets_stays()
    {
        var settings = ParleyDatabase.Settings("Host=db;Timeout=9;Maximum Pool Size=7;Command Timeout=8;Options=-c work_mem=8MB;Application Name=mine", _ => null);
        Assert.Equal((9, 7, 8, "mine"), (settings.Timeout, settings.MaxPoolSize, settings.CommandTimeout, settings.ApplicationName));
        Assert.StartsWith("-c work_mem=8MB -c synchronous_commit=on", settings.Options, StringComparison.Ordinal);
    }
}
