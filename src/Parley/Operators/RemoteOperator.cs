using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Parley.Server.Admin;
using Parley.Server.Hosting;
using Parley.Server.Identity;

namespace Parley.Operators;

/// <summary>Asks the running server.</summary>
internal sealed class RemoteOperator : IOperator
{
    private readonly HttpClient _http;

    public RemoteOperator(RunningServer server)
    {
        // Straight to this machine: a proxy would be given the token.
        _http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = new Uri(server.Url) };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", server.OperatorToken);
    }

    public async Task<TResult> RunAsync<TRequest, TResult>(Operation<TRequest, TResult> operation, TRequest request)
        where TRequest : class
        where TResult : class
    {
        using var response = await _http.PostAsJsonAsync($"/operator/{operation.Path}", request, operation.RequestType());
        if (response.StatusCode == HttpStatusCode.BadRequest)
        {
            throw new RefusedException((await response.Content.ReadFromJsonAsync(OperatorJson.Default.OperatorError))!.Error);
        }

        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync(operation.ResultType()))!;
    }

    /// <summary>The admin API of one account.</summary>
    /// <param name="asked">The account, or null for the only one.</param>
    /// <exception cref="RefusedException">There is no such account, or there are several.</exception>
    public async Task<AccountAdmin> AdminOfAsync(string? asked)
    {
        var list = await RunAsync(OperatorApi.ListAccounts, new AccountScope(null));
        return new(_http, Server.Admin.Operations.AccountOf(list.Accounts, asked));
    }

    public ValueTask DisposeAsync()
    {
        _http.Dispose();
        return ValueTask.CompletedTask;
    }
}
