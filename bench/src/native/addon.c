/* The native module that node and Concord both load: one Node-API operation, or a few, per function. No C library. */
#include <stddef.h>
#include <stdint.h>

typedef struct napi_env__ *napi_env;
typedef struct napi_value__ *napi_value;
typedef struct napi_callback_info__ *napi_callback_info;
typedef napi_value (*napi_callback)(napi_env, napi_callback_info);
typedef void (*napi_finalize)(napi_env, void *data, void *hint);

int napi_create_function(napi_env, const char *, size_t, napi_callback, void *, napi_value *);
int napi_set_named_property(napi_env, napi_value, const char *, napi_value);
int napi_get_named_property(napi_env, napi_value, const char *, napi_value *);
int napi_get_cb_info(napi_env, napi_callback_info, size_t *, napi_value *, napi_value *, void **);
int napi_get_value_int32(napi_env, napi_value, int32_t *);
int napi_create_int32(napi_env, int32_t, napi_value *);
int napi_get_value_string_utf8(napi_env, napi_value, char *, size_t, size_t *);
int napi_create_string_utf8(napi_env, const char *, size_t, napi_value *);
int napi_wrap(napi_env, napi_value, void *, napi_finalize, void *, void *);
int napi_unwrap(napi_env, napi_value, void **);
int napi_create_object(napi_env, napi_value *);

static napi_value empty(napi_env env, napi_callback_info info) { return (void)env, (void)info, NULL; }

static napi_value add(napi_env env, napi_callback_info info) {
    size_t count = 2;
    napi_value arguments[2], result;
    int32_t a = 0, b = 0;
    napi_get_cb_info(env, info, &count, arguments, NULL, NULL);
    napi_get_value_int32(env, arguments[0], &a);
    napi_get_value_int32(env, arguments[1], &b);
    napi_create_int32(env, (int32_t)((uint32_t)a + (uint32_t)b), &result);
    return result;
}

static napi_value echo(napi_env env, napi_callback_info info) {
    size_t count = 1, length = 0;
    napi_value argument, result;
    char text[64];
    napi_get_cb_info(env, info, &count, &argument, NULL, NULL);
    napi_get_value_string_utf8(env, argument, text, sizeof text, &length);
    napi_create_string_utf8(env, text, length, &result);
    return result;
}

static int wrapped = 7;
static void finalize(napi_env env, void *data, void *hint) { (void)env, (void)data, (void)hint; }

static napi_value wrap(napi_env env, napi_callback_info info) {
    size_t count = 1;
    napi_value argument;
    napi_get_cb_info(env, info, &count, &argument, NULL, NULL);
    napi_wrap(env, argument, &wrapped, finalize, NULL, NULL);
    return argument;
}

static napi_value method(napi_env env, napi_callback_info info) {
    size_t count = 0;
    napi_value self, result;
    void *data = NULL;
    napi_get_cb_info(env, info, &count, NULL, &self, NULL);
    napi_unwrap(env, self, &data);
    napi_create_int32(env, data ? *(int *)data : -1, &result);
    return result;
}

static napi_value object(napi_env env, napi_callback_info info) {
    napi_value result, value;
    (void)info;
    napi_create_object(env, &result);
    napi_create_int32(env, 1, &value);
    napi_set_named_property(env, result, "x", value);
    napi_get_named_property(env, result, "x", &value);
    return result;
}

__attribute__((visibility("default"))) napi_value napi_register_module_v1(napi_env env, napi_value exports) {
    static const struct { const char *name; napi_callback call; } functions[] = {
        { "empty", empty }, { "add", add }, { "echo", echo }, { "wrap", wrap }, { "method", method }, { "object", object },
    };
    for (size_t i = 0; i < sizeof functions / sizeof *functions; i++) {
        napi_value function;
        napi_create_function(env, functions[i].name, (size_t)-1, functions[i].call, NULL, &function);
        napi_set_named_property(env, exports, functions[i].name, function);
    }
    return exports;
}
