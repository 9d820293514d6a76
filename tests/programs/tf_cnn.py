# The program of "Python中的TensorFlow与Keras:深度学习模型构建与训练", 六.1

# Added: what the article did before.
from tensorflow.keras.models import Sequential
from tensorflow.keras.layers import Dense, Flatten
from tensorflow.keras.datasets import mnist
from tensorflow.keras.utils import to_categorical
(x_train, y_train), (x_test, y_test) = mnist.load_data()
x_train = x_train / 255.0
x_test = x_test / 255.0
y_train = to_categorical(y_train, 10)
y_test = to_categorical(y_test, 10)

from tensorflow.keras.layers import Conv2D, MaxPooling2D

# 创建卷积神经网络模型
cnn_model = Sequential()

# 添加卷积层:32个3x3卷积核,激活函数为ReLU
cnn_model.add(Conv2D(32, (3, 3), activation='relu', input_shape=(28, 28, 1)))

# 添加最大池化层:池化大小为2x2
cnn_model.add(MaxPooling2D(pool_size=(2, 2)))

# 添加Flatten层,将2D图像数据展平为一维
cnn_model.add(Flatten())

# 添加全连接层
cnn_model.add(Dense(128, activation='relu'))

# 输出层
cnn_model.add(Dense(10, activation='softmax'))

# 编译模型
cnn_model.compile(optimizer='adam',
                  loss='categorical_crossentropy',
                  metrics=['accuracy'])

# 模型训练
cnn_model.fit(x_train, y_train, epochs=5, batch_size=64, validation_split=0.2)
