using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Parley.Server.Identity;

namespace Parley.Server.Admin.Api;

/// <summary>
/// One address of the admin API: who may use it, what it takes and what it gives. How these are written as JSON is looked up when
/// it is needed: to know it of all of them would take a third of the time in which a server starts.
/// </summary>
/// <param name="Method">GET, POST, PATCH or DELETE.</param>
/// <param name="Path">Below <see cref="AdminApi.Root"/>, with names in braces.</param>
/// <param name="Least">The least role of an agent who may use it; the operator may use everything.</param>
/// <param name="Summary">What it is for.</param>
/// <param name="AnswerAsync">Answers a call that is authorised.</param>
internal sealed record AdminEndpoint(string Method, string Path, AgentRole Least, string Summary, Func<AdminCall, Task> AnswerAsync)
{
    /// <summary>What the body of a request must be; null when it is not looked at.</summary>
    public Type? Request { get; init; }

    /// <summary>What the members of the body are like when <see cref="Request"/> does not tell: those of this type, none required.</summary>
    public Type? RequestLike { get; init; }

    /// <summary>What the body of the answer is; null when it has none.</summary>
    public Type? Answer { get; init; }

    /// <summary>Parameters of the query, all optional.</summary>
    public IReadOnlyList<AdminParameter> Query { get; init; } = [];

    /// <summary>The status of success.</summary>
    public int Status { get; init; } = StatusCodes.Status200OK;

    /// <summary>Whether the answer goes on as a stream of events, each of which is an <see cref="Answer"/>.</summary>
    public bool IsStream { get; init; }

    /// <summary>Answers with what is read.</summary>
    public static AdminEndpoint Get<TAnswer>(
        string path, AgentRole least, string summary, Func<JsonTypeInfo<TAnswer>> answer, Func<AdminCall, Task<TAnswer>> read) =>
        new(HttpMethods.Get, path, least, summary, async call => await call.AnswerAsync(await read(call), answer())) { Answer = typeof(TAnswer) };

    /// <summary>Does something with the body and answers with what has become of it.</summary>
    public static AdminEndpoint Do<TRequest, TAnswer>(
        string method, string path, AgentRole least, string summary, Func<JsonTypeInfo<TRequest>> request, Func<JsonTypeInfo<TAnswer>> answer, Func<AdminCall, TRequest, Task<TAnswer>> act)
        where TRequest : class =>
        new(method, path, least, summary, async call => await call.AnswerAsync(await act(call, await call.ReadAsync(request())), answer())) { Request = typeof(TRequest), Answer = typeof(TAnswer) };

    /// <summary>Removes something; the answer has no body.</summary>
    public static AdminEndpoint Delete(string path, AgentRole least, string summary, Func<AdminCall, Task> remove) =>
        new(HttpMethods.Delete, path, least, summary, async call =>
        {
            await remove(call);
            call.Context.Response.StatusCode = StatusCodes.Status204NoContent;
        }) { Status = StatusCodes.Status204NoContent };
}
