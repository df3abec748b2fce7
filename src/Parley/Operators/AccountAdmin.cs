using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Parley.Server.Admin.Api;
using Parley.Server.Identity;

namespace Parley.Operators;

/// <summary>One account's part of the admin API of a running server.</summary>
internal sealed class AccountAdmin(HttpClient http, string accountId)
{
    public Task<TAnswer> GetAsync<TAnswer>(string path, JsonTypeInfo<TAnswer> type) => AskAsync(HttpMethod.Get, path, null, type);

    public Task<TAnswer> PostAsync<TRequest, TAnswer>(string path, TRequest request, JsonTypeInfo<TRequest> requestType, JsonTypeInfo<TAnswer> type) =>
        AskAsync(HttpMethod.Post, path, JsonContent.Create(request, requestType), type);

    public async Task DeleteAsync(string path)
    {
        using var response = await SendAsync(HttpMethod.Delete, path, null);
    }

    private async Task<TAnswer> AskAsync<TAnswer>(HttpMethod method, string path, HttpContent? content, JsonTypeInfo<TAnswer> type)
    {
        using var response = await SendAsync(method, path, content);
        return (await response.Content.ReadFromJsonAsync(type))!;
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, HttpContent? content)
    {
        using var request = new HttpRequestMessage(method, $"/api/account/{accountId}/admin/{path}") { Content = content };
        var response = await http.SendAsync(request);
        if (response.IsSuccessStatusCode) return response;
        using (response)
        {
            throw new RefusedException(await ErrorAsync(response));
        }
    }

    private static async Task<string> ErrorAsync(HttpResponseMessage response)
    {
        try
        {
            return (await response.Content.ReadFromJsonAsync(AdminJson.Default.AdminError))!.Error;
        }
        catch (JsonException)
        {
            return $"The server answered {(int)response.StatusCode}.";
        }
    }
}
